package io.triport.domain.request;

import io.triport.testkit.ContentContract;

final class WatchedContentContractTest extends ContentContract {
    @Override
    protected Content content(Bytes whole) {
        return new WatchedContent(Content.of(whole), size -> {});
    }
}
