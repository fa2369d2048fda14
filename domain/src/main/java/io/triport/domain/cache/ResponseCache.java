package io.triport.domain.cache;

/**
 * HTTP responses that can be made again, of one cache. Volatile: whatever was stored may be gone at any time, and lies on one node.
 * A response is given out while it is fresh, to whom it may be given (RFC 9111, as a shared cache; storage contract section 7.2),
 * and never in pieces of two: of two stored at once one is there, whole. Safe for many threads.
 */
public interface ResponseCache {
    /**
     * The fresh response for a request, as its conditions and its range want it. That of the caller's own comes before the one for
     * everybody. A miss for any method but GET.
     */
    CacheMatch match(CacheRequest request);

    /**
     * Keeps a response, in the place of one with the same values in the fields that its {@code Vary} names. At most 32 variants of a
     * URL are kept; the one stored first goes. The body is read or closed; one that fails is not stored.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for a request that is no GET, a response 206 or 304 and
     *     {@code Vary: *}, which no cache can keep
     */
    CachePut put(CacheRequest request, CachedResponse response);

    /** Forgets all variants that the caller could be given. @return whether there was one; false for any method but GET */
    boolean delete(CacheRequest request);

    /** Forgets responses whoever they belong to. */
    void purge(Purge what);
}
