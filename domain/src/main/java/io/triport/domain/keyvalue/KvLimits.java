package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure.LimitExceeded;
import io.triport.domain.failure.StorageFailure.Rejected;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The bounds of the key-value port (storage contract, section 2.2). */
public final class KvLimits {
    public static final int KEY_BYTES = 512;
    public static final int VALUE_BYTES = 26_214_400;
    public static final int METADATA_BYTES = 1_024;
    public static final int LIST_LIMIT = 1_000;
    public static final int GET_MANY_KEYS = 100;
    public static final long GET_MANY_BYTES = VALUE_BYTES;
    public static final int BULK_ENTRIES = 10_000;
    public static final long BULK_BYTES = 100_000_000;
    public static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);
    /** What ends later ends never: its milliseconds need not fit in 64 bits, and no engine's date type has a say. */
    public static final Duration LONGEST_LIFETIME = Duration.ofDays(365L * 100_000);

    public static final Duration SHORTEST_CACHE = Duration.ofSeconds(30);

    private KvLimits() {}

    /** @throws Rejected BAD_REQUEST for no key, or more than 100 */
    public static void checkGetMany(List<KvKey> keys) {
        checkCount(keys, GET_MANY_KEYS);
    }

    /** @throws LimitExceeded TOO_LARGE when the values of one answer are more than 25 MiB */
    public static void checkAnswer(Collection<KvEntry> entries) {
        checkAnswerBytes(answerBytes(entries));
    }

    /** How many bytes the values of one answer are together. */
    public static long answerBytes(Collection<KvEntry> entries) {
        return entries.stream().mapToLong(entry -> entry.value().size()).sum();
    }

    /** The same before the values are read. @throws LimitExceeded TOO_LARGE above 25 MiB */
    public static void checkAnswerBytes(long bytes) {
        checkSum(bytes, GET_MANY_BYTES);
    }

    /** @throws Rejected BAD_REQUEST for no pair, @throws LimitExceeded TOO_LARGE above 10,000 pairs or 100 MB */
    public static void checkPutMany(List<KvPair> pairs) {
        checkBulk(pairs);
        checkSum(pairs.stream().mapToLong(KvPair::size).sum(), BULK_BYTES);
    }

    /** @throws Rejected BAD_REQUEST for no key, @throws LimitExceeded TOO_LARGE above 10,000 keys */
    public static void checkDeleteMany(List<KvKey> keys) {
        checkBulk(keys);
    }

    private static void checkBulk(List<?> members) {
        if (members.size() > BULK_ENTRIES) {
            throw new LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + members.size() + " (expected: 1.." + BULK_ENTRIES + ")");
        }
        checkCount(members, BULK_ENTRIES);
    }

    private static void checkCount(List<?> members, int most) {
        if (members.isEmpty() || members.size() > most) {
            throw new Rejected(FailureCode.BAD_REQUEST, "batch: " + members.size() + " (expected: 1.." + most + ")");
        }
    }

    private static void checkSum(long bytes, long most) {
        if (bytes > most) {
            throw new LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + bytes + " bytes (expected: at most " + most + ")");
        }
    }
}
