package io.triport.domain.request;

import io.triport.testkit.ContentContract;

final class HeldContentContractTest extends ContentContract {
    @Override
    protected Content content(Bytes whole) {
        return Content.of(whole);
    }
}
