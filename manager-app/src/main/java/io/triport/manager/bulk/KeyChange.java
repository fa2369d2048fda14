package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import java.util.List;

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
     * @param space the namespace within the unit
     * @return the keys that it could not do
     */
    List<JobError> apply(Storage unit, Space space, List<KvKey> keys);

    static JobError error(KvKey key, String code, String message) {
        return new JobError(0, key.text(), code, message);
    }

    static JobError missing(KvKey key) {
        return error(key, "key_not_found", "There is no such key");
    }
}
