package io.triport.kv.remote;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.ContentContract;

final class MessageContentContractTest extends ContentContract {
    @Override
    protected Content content(Bytes whole) {
        var head = whole.size() / 10;
        return new MessageContent(whole.slice(0, head), Content.of(whole.slice(head, whole.size())));
    }
}
