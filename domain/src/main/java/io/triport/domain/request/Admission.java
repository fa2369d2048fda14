package io.triport.domain.request;

import java.time.Duration;

/** The answer of a {@link RateLimiter}. */
public sealed interface Admission {
    /** All charges were taken. @param remaining units left in the emptiest of the buckets */
    record Taken(long remaining) implements Admission {}

    /** Nothing was taken, because this limit had too little. @param retryAfter when it will have enough */
    record Exhausted(RateLimit limit, Duration retryAfter) implements Admission {}
}
