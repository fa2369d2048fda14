package io.triport.manager.bulk;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JobError;
import io.triport.manager.key.KeyUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts of many keys, in calls of what one call may bring. */
final class Writing {
    private Writing() {}

    /** What the namespace's rules say against a value, as the error of its item. */
    static Optional<JobError> unfit(KeyUnit unit, KvKey key, Bytes value) {
        return unit.violated(key, value).map(found -> KeyChange.error(key, "schema_violated", found.sentence()));
    }

    static List<JobError> put(KeyUnit unit, List<KvPair> pairs) {
        var errors = new ArrayList<JobError>();
        var together = new ArrayList<KvPair>();
        var bytes = 0L;
        for (var pair : pairs) {
            if (bytes + pair.size() > KvLimits.BULK_BYTES) {
                errors.addAll(some(unit, together));
                together.clear();
                bytes = 0;
            }
            together.add(pair);
            bytes += pair.size();
        }
        errors.addAll(some(unit, together));
        return errors;
    }

    private static List<JobError> some(KeyUnit unit, List<KvPair> pairs) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        return unit.store().putMany(pairs).failed().stream()
                .map(failed -> KeyChange.error(failed.key(), "storage_failed", "The key could not be written"))
                .toList();
    }
}
