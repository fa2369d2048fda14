package io.triport.domain.cache;

/** What became of a response that was handed to a cache. */
public sealed interface CachePut {
    /** @param length of the body, in bytes */
    record Stored(long length) implements CachePut {}

    /** Nothing was stored, and what was there before is as it was. A surface of the Cache API answers 413. */
    record NotStorable(Reason reason) implements CachePut {}

    /** Why a response must not be kept. */
    enum Reason {
        /** {@code Cache-Control: no-store}. */
        NO_STORE,
        /** {@code Cache-Control: private}, about the whole response. */
        PRIVATE,
        /** Nothing says for how long it is fresh, or it is no longer. */
        NO_FRESHNESS,
        /** It sets a cookie that it does not call private. */
        SET_COOKIE,
        /** It answers a request with credentials and does not permit to keep that (RFC 9111 section 3.5). */
        AUTHORIZATION,
        /** Its body is longer than the cache takes. */
        TOO_LARGE,
        /** The disk that its body would lie on is full, or fails. */
        NO_ROOM
    }
}
