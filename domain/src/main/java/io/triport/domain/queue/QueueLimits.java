package io.triport.domain.queue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The bounds of the queue port (storage contract, section 5.2). */
public final class QueueLimits {
    public static final int MESSAGE_BYTES = 128_000;
    public static final int BATCH_MESSAGES = 100;
    public static final int BATCH_BYTES = 256_000;
    public static final Duration LONGEST_DELAY = Duration.ofHours(12);
    public static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);
    public static final Duration VISIBILITY = Duration.ofSeconds(30);
    public static final Duration SHORTEST_RETENTION = Duration.ofMinutes(1);
    public static final Duration RETENTION = Duration.ofDays(4);
    public static final Duration LONGEST_RETENTION = Duration.ofDays(14);
    public static final int RETRIES = 3;
    public static final int MOST_RETRIES = 100;
    public static final int PULLED = 5;
    public static final long BACKLOG_BYTES = 25_000_000_000L;
    public static final int CONSUMED = 10;
    public static final Duration WAIT = Duration.ofSeconds(5);
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    /** How long the second of two sends with one {@link DedupId} has no effect. */
    public static final Duration DEDUP = Duration.ofMinutes(10);

    private QueueLimits() {}

    /**
     * @throws StorageFailure.Rejected BAD_REQUEST for no message
     * @throws StorageFailure.LimitExceeded TOO_LARGE above 100 messages or 256,000 bytes
     */
    public static void checkSend(List<Message> messages) {
        if (messages.isEmpty()) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "batch: 0 (expected: 1.." + BATCH_MESSAGES + ")");
        }
        checkCount(messages);
        var bytes = messages.stream().mapToInt(message -> message.body().size()).sum();
        if (bytes > BATCH_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + bytes + " bytes (expected: at most " + BATCH_BYTES + ")");
        }
    }

    /** @throws StorageFailure.LimitExceeded TOO_LARGE above 100 */
    public static void checkSettle(List<Settlement> settlements) {
        checkCount(settlements);
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for none @throws StorageFailure.LimitExceeded TOO_LARGE above 100 */
    public static void checkDiscard(Set<MessageRef> refs) {
        if (refs.isEmpty()) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "refs: none (expected: 1.." + BATCH_MESSAGES + ")");
        }
        checkCount(refs);
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST outside 1..100 */
    public static void checkPeek(int count) {
        if (count < 1 || count > BATCH_MESSAGES) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "count: " + count + " (expected: 1.." + BATCH_MESSAGES + ")");
        }
    }

    private static void checkCount(Collection<?> members) {
        if (members.size() > BATCH_MESSAGES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + members.size() + " (expected: at most " + BATCH_MESSAGES + ")");
        }
    }
}
