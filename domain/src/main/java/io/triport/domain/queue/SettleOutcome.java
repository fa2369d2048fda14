package io.triport.domain.queue;

import java.util.List;

/**
 * What became of settlements.
 *
 * @param retried those that go to the dead letters included
 * @param warnings leases of which nothing came
 */
public record SettleOutcome(int acked, int retried, int prolonged, List<Warning> warnings) {
    public SettleOutcome {
        warnings = List.copyOf(warnings);
    }

    /** A lease that settles nothing any more. */
    public record Warning(LeaseId lease, Why why) {}

    /** Why a lease settles nothing. */
    public enum Why {
        /** It has ended, and another has taken the message since. */
        TAKEN,
        /** It was settled before, or the message is gone: its retention ended, or the queue was purged. */
        GONE,
        /** It is none of this queue's, was altered, or is older than 24 hours. */
        UNKNOWN
    }
}
