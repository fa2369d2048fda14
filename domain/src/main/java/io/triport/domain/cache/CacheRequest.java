package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;

/** The request that a response answers. Its own {@code Cache-Control} counts for nothing. */
public record CacheRequest(Method method, CacheUrl url, Headers headers) {
    /** A GET without fields. */
    public static CacheRequest get(CacheUrl url) {
        return new CacheRequest(Method.GET, url, Headers.NONE);
    }

    /** The same as a GET, whatever it is: the {@code ignoreMethod} of the Cache API. */
    public CacheRequest ignoringMethod() {
        return new CacheRequest(Method.GET, url, headers);
    }

    public CacheRequest with(Headers others) {
        return new CacheRequest(method, url, others);
    }

    boolean isGet() {
        return method.equals(Method.GET);
    }
}
