package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.table.JobError;
import io.triport.manager.key.KeyUnit;
import java.util.List;
import java.util.Optional;

/** What a job does with each of its keys. */
interface KeyChange {
    /** Whether values pass through memory, so that a batch is bounded by them, too. */
    enum Weight {
        NAMES,
        VALUES
    }

    Weight weight();

    /** What the person needs for a key of the namespace. */
    Action needs();

    /**
     * Does it within a unit.
     *
     * @return the keys that it could not do
     */
    List<JobError> apply(KeyUnit unit, List<KvKey> keys);

    /** What does the same on a full disk, where there is such a thing. */
    default Optional<KeyChange> sparing() {
        return Optional.empty();
    }

    static JobError error(KvKey key, String code, String message) {
        return new JobError(0, key.text(), code, message);
    }

    static JobError missing(KvKey key) {
        return error(key, "key_not_found", "There is no such key");
    }
}
