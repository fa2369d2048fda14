package io.triport.manager.key;

import io.triport.domain.keyvalue.Expiry;
import io.triport.manager.answer.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** When a key ends, as requests say it. */
public final class KeyExpiry {
    /** Of a lifetime, and of an end from now (storage contract, section 2.2, for surfaces that are compatible with Workers KV). */
    public static final long LEAST_SECONDS = 60;

    /** What a date of four digits can say (manager API, section 9; RFC 3339). */
    private static final long LATEST = 253_402_300_799L;

    private KeyExpiry() {}

    /**
     * @param ttlSeconds wins where both are there
     * @param epochSeconds of the end
     * @throws io.triport.manager.answer.Refused TTL_TOO_SMALL, INVALID_ARGUMENT
     */
    public static Expiry of(OptionalLong ttlSeconds, OptionalLong epochSeconds, Instant now) {
        if (ttlSeconds.isPresent()) {
            var seconds = ttlSeconds.getAsLong();
            if (seconds < LEAST_SECONDS) {
                throw Problem.TTL_TOO_SMALL.refused("expiration_ttl must be " + LEAST_SECONDS + " seconds or more");
            }
            return Expiry.after(Duration.ofSeconds(seconds));
        }
        if (epochSeconds.isEmpty()) {
            return Expiry.NEVER;
        }
        var seconds = epochSeconds.getAsLong();
        if (seconds < now.getEpochSecond() + LEAST_SECONDS) {
            throw Problem.TTL_TOO_SMALL.refused("expiration must be " + LEAST_SECONDS + " seconds or more from now");
        }
        if (seconds > LATEST) {
            throw Problem.INVALID_ARGUMENT.refused("expiration must be seconds since 1970, before the year 10000");
        }
        return Expiry.at(Instant.ofEpochSecond(seconds));
    }
}
