package io.triport.domain.durable;

import java.time.Instant;

/** The alarm of an object, as it is kept. Moments are those of the node that set it, to the millisecond. */
public sealed interface KeptAlarm {
    KeptAlarm NONE = new None();

    /** None is set. */
    record None() implements KeptAlarm {}

    /**
     * One is set.
     *
     * @param at when it goes off, for the first time or again
     * @param scheduledAt what the object set it to
     * @param retries how often it failed, 0 or more
     */
    record Due(Instant at, Instant scheduledAt, int retries) implements KeptAlarm {
        public Due {
            if (retries < 0) {
                throw new IllegalArgumentException("retries: " + retries + " (expected: 0 or more)");
            }
        }
    }
}
