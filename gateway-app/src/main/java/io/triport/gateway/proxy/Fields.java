package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;

/** What is added to the head of an answer. */
interface Fields {
    Fields NONE = response -> {};

    void add(HttpHeaders response);

    /** In whole seconds, at least one, and never too early. */
    static Fields retryAfter(Duration wait) {
        return response -> response.set(
                HttpHeaderNames.RETRY_AFTER,
                Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }
}
