package io.triport.identity.jose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the keys of one issuer are found. Safe for many threads. */
public interface KeySource {
    /** Keys to try for a token, a few at most. May wait, for a short bounded time, until a key set is fetched. */
    Found find(Optional<String> kid, JwsAlgorithm algorithm);

    /** Whether {@link #find} would answer now, without waiting and without a fetch. */
    boolean holds(Optional<String> kid, JwsAlgorithm algorithm);

    /** Changes whenever a key may have gone; what was verified under another number must be verified again. */
    long generation();

    /** Whether there are keys at all, so that requests can be judged. */
    boolean ready();

    /** What is known of a key. */
    sealed interface Found {
        /** @param keys that fit, one or more */
        record Keys(List<JwsKey> keys) implements Found {
            public Keys {
                keys = List.copyOf(keys);
            }
        }

        /** The issuer has no such key. */
        record Unknown() implements Found {}

        /** There is no key set, and none can be had now. */
        record Unavailable(Duration retryAfter) implements Found {}
    }
}
