package io.triport.domain.cache;

import io.triport.domain.request.Headers;

/** What a cache has for a request. */
public sealed interface CacheMatch {
    /** The whole response, with {@code Age} and {@code CF-Cache-Status: HIT}. */
    record Hit(CachedResponse response) implements CacheMatch {}

    /** The caller has it already: a 304 with these fields (RFC 9110 section 15.4.5). */
    record NotModified(Headers headers) implements CacheMatch {}

    /** The range that was asked for: a 206 (RFC 9110 section 15.3.7). */
    record Partial(CachedResponse response) implements CacheMatch {}

    /** There is nothing where the range begins: a 416. @param length of the whole body, in bytes */
    record RangeRefused(long length) implements CacheMatch {}

    /** Nothing that is fresh, and for this caller. */
    record Miss() implements CacheMatch {}
}
