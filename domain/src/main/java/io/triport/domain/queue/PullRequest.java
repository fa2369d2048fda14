package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;

/**
 * How many messages a consumer wants, and for how long.
 *
 * @param count at most: 1..100
 * @param visibility how long nobody else gets them: 1 ms to 12 h
 */
public record PullRequest(int count, Duration visibility) {
    /** Five messages for 30 s. */
    public static final PullRequest STANDARD = new PullRequest(QueueLimits.PULLED, QueueLimits.VISIBILITY);

    /** @throws InvalidInput outside the bounds */
    public PullRequest {
        if (count < 1 || count > QueueLimits.BATCH_MESSAGES) {
            throw new InvalidInput("batch size", "1.." + QueueLimits.BATCH_MESSAGES);
        }
        requireVisibility(visibility);
    }

    public static PullRequest of(int count) {
        return new PullRequest(count, QueueLimits.VISIBILITY);
    }

    static void requireVisibility(Duration visibility) {
        if (visibility.toMillis() < 1 || visibility.compareTo(QueueLimits.LONGEST_VISIBILITY) > 0) {
            throw new InvalidInput("visibility", "1 ms.." + QueueLimits.LONGEST_VISIBILITY.toSeconds() + " s");
        }
    }
}
