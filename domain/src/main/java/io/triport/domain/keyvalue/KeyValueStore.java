package io.triport.domain.keyvalue;

import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named values of one namespace. An answered write is seen by every later read on every node, and of two writes at once one
 * wins whole. A put replaces value, metadata and expiry together. An entry that has expired is nowhere to be seen. Safe for
 * many threads.
 *
 * <p>Every method throws {@link StorageFailure.Rejected} NOT_FOUND when the namespace does not exist, and {@link
 * StorageFailure.Unavailable} when the store does not answer; code OUTCOME_UNKNOWN says that a write may have happened.
 */
public interface KeyValueStore {
    default Optional<KvEntry> get(KvKey key) {
        return get(key, KvRead.FRESH);
    }

    /** The live entry, or empty when it never was, was deleted, or has expired. */
    Optional<KvEntry> get(KvKey key, KvRead read);

    /**
     * The live entries among 1 to 100 keys; a missing key is absent from the map.
     *
     * @throws StorageFailure.LimitExceeded TOO_LARGE when the values are more than 25 MiB together
     */
    Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read);

    /**
     * Replaces the entry if the condition holds of the present one. Durable as the engine declares when it returns.
     *
     * @throws StorageFailure.Rejected EXPIRES_IN_PAST
     */
    KvPut put(KvKey key, KvEntry entry, KvCondition condition);

    /** Whether a live entry was removed. */
    boolean delete(KvKey key);

    /** Puts 1 to 10,000 pairs of at most 100 MB, each by itself; of a key that occurs twice the last wins. */
    BulkOutcome putMany(List<KvPair> pairs);

    /** Deletes 1 to 10,000 keys, each by itself; an absent key counts as done. */
    BulkOutcome deleteMany(List<KvKey> keys);

    /**
     * Keys in UTF-8 byte order, strictly after the start. A key that exists during the whole walk is listed exactly once.
     *
     * @throws StorageFailure.Rejected BAD_CURSOR for a cursor of another listing, an altered or an old one
     */
    KvPage list(KvQuery query);
}
