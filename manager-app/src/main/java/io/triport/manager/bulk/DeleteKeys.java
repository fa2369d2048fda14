package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.table.JobError;
import io.triport.manager.answer.Json;
import io.triport.manager.key.Keeping;
import io.triport.manager.key.KeyUnit;
import java.util.List;
import java.util.Optional;

/** Deletes keys, and keeps what they were. One that is not there counts as deleted. */
record DeleteKeys(Keeping keeping) implements KeyChange {
    @Override
    public Weight weight() {
        return Weight.VALUES;
    }

    @Override
    public Action needs() {
        return Action.KV_DELETE;
    }

    @Override
    public List<JobError> apply(KeyUnit unit, List<KvKey> keys) {
        var records = unit.space().records(keys);
        if (records.isEmpty()) {
            return List.of();
        }
        if (keeping == Keeping.VERSIONS) {
            unit.keep(records, "bulk_delete");
        }
        var failed = unit.store().deleteMany(List.copyOf(records.keySet())).failed();
        if (keeping == Keeping.NOTHING) {
            // After them, so that it has the room that they leave.
            unit.tell("bulk_delete", Keeping.told(Json.object().put("processed", records.size())));
        }
        return failed.stream()
                .map(one -> KeyChange.error(one.key(), "storage_failed", "The key could not be deleted"))
                .toList();
    }

    @Override
    public Optional<KeyChange> sparing() {
        return keeping == Keeping.VERSIONS ? Optional.of(new DeleteKeys(Keeping.NOTHING)) : Optional.empty();
    }
}
