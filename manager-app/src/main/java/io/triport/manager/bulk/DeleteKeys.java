package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import java.time.Clock;
import java.util.List;

/** Deletes keys, and keeps what they were. One that is not there counts as deleted. */
record DeleteKeys(String user, Clock clock) implements KeyChange {
    @Override
    public Weight weight() {
        return Weight.VALUES;
    }

    @Override
    public Action needs() {
        return Action.KV_DELETE;
    }

    @Override
    public List<JobError> apply(Storage unit, Space space, List<KvKey> keys) {
        var records = space.records(keys);
        space.keep(records, "bulk_delete", user, clock.instant());
        if (records.isEmpty()) {
            return List.of();
        }
        return space.keys().deleteMany(List.copyOf(records.keySet())).failed().stream()
                .map(failed -> KeyChange.error(failed.key(), "storage_failed", "The key could not be deleted"))
                .toList();
    }
}
