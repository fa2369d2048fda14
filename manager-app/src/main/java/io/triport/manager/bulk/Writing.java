package io.triport.manager.bulk;

import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.table.JobError;
import java.util.ArrayList;
import java.util.List;

/** Puts of many keys, in calls of what one call may bring. */
final class Writing {
    private Writing() {}

    static List<JobError> put(Space space, List<KvPair> pairs) {
        var errors = new ArrayList<JobError>();
        var together = new ArrayList<KvPair>();
        var bytes = 0L;
        for (var pair : pairs) {
            if (bytes + pair.size() > KvLimits.BULK_BYTES) {
                errors.addAll(some(space, together));
                together.clear();
                bytes = 0;
            }
            together.add(pair);
            bytes += pair.size();
        }
        errors.addAll(some(space, together));
        return errors;
    }

    private static List<JobError> some(Space space, List<KvPair> pairs) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        return space.keys().putMany(pairs).failed().stream()
                .map(failed -> KeyChange.error(failed.key(), "storage_failed", "The key could not be written"))
                .toList();
    }
}
