package io.triport.domain.cache;

import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;

/** A response as it is handed to a cache or comes out of it. Who receives one owns its body. @param status 200..599 */
public record CachedResponse(int status, Headers headers, Content body) {
    private static final int LEAST = 200;
    private static final int MOST = 599;

    public CachedResponse {
        if (status < LEAST || status > MOST) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200..599)");
        }
    }
}
