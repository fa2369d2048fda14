package io.triport.domain.identity;

import java.time.Duration;

/**
 * Who we are towards somebody else's service, such as a cloud: short-lived credentials that are fetched and renewed without
 * the caller's doing. Safe for many threads.
 */
public interface WorkloadCredentials {
    /**
     * The credential for a target, from memory as long as its end is not near. Else the call may wait, for 10 s at most.
     *
     * @param target a name that the configuration knows
     * @throws IllegalArgumentException when it does not
     */
    Answer credential(String target);

    /** What there is. */
    sealed interface Answer {
        record Held(WorkloadCredential credential) implements Answer {}

        /**
         * None that holds.
         *
         * @param retryAfter when another attempt can have succeeded
         * @param code what the other side called it when it was asked last: letters, digits and dots; empty where it said nothing
         */
        record Unavailable(Duration retryAfter, String code) implements Answer {}
    }
}
