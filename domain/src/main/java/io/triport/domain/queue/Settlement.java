package io.triport.domain.queue;

import java.time.Duration;

/** What is to become of a leased message. */
public sealed interface Settlement {
    LeaseId lease();

    /** It is done, and goes. */
    record Ack(LeaseId lease) implements Settlement {}

    /** It is delivered again after the delay, if it may be. */
    record Retry(LeaseId lease, Delay delay) implements Settlement {}

    /** It stays leased, from now for so long. @param visibility 1 ms to 12 h */
    record Prolong(LeaseId lease, Duration visibility) implements Settlement {
        /** @throws io.triport.domain.request.InvalidInput outside the bounds */
        public Prolong {
            PullRequest.requireVisibility(visibility);
        }
    }
}
