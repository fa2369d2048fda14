package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyLabels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * Brings keys to another namespace.
 *
 * @param target its id
 * @param leaving what does not come along, or does not stay
 */
record MoveKeys(String target, Set<MoveKeys.Leaving> leaving, String user, Clock clock) implements KeyChange {
    MoveKeys {
        leaving = Set.copyOf(leaving);
    }

    enum Leaving {
        /** The keys are deleted where they were. */
        ORIGINALS,
        /** Tags, custom metadata and native metadata stay behind. */
        METADATA,
        /** The copies do not expire. */
        EXPIRY
    }

    @Override
    public Weight weight() {
        return Weight.VALUES;
    }

    @Override
    public Action needs() {
        return leaving.contains(Leaving.ORIGINALS) ? Action.KV_DELETE : Action.KV_GET;
    }

    @Override
    public List<JobError> apply(Storage unit, Space space, List<KvKey> keys) {
        var there = Space.of(unit, space.person(), target);
        var errors = new ArrayList<JobError>();
        var records = new HashMap<>(space.records(keys));
        var entries = space.entries(records);
        var pairs = new ArrayList<KvPair>();
        var labels = new HashMap<KvKey, KeyLabels>();
        for (var key : keys) {
            var entry = entries.get(key);
            var known = records.get(key);
            if (entry == null || known == null) {
                errors.add(KeyChange.missing(key));
            } else if (!there.permits(Action.KV_PUT, key)) {
                errors.add(KeyChange.error(key, "forbidden", "You may not write this key in the other namespace"));
            } else {
                pairs.add(new KvPair(key, copy(entry)));
                if (!leaving.contains(Leaving.METADATA)) {
                    labels.put(key, known.labels());
                }
            }
        }
        if (pairs.isEmpty()) {
            return errors;
        }
        var brought = pairs.stream().map(KvPair::key).toList();
        there.keep(there.records(brought), "bulk_copy", user, clock.instant());
        errors.addAll(Writing.put(there, pairs));
        if (!labels.isEmpty()) {
            there.catalogue().label(there.title(), labels);
        }
        if (leaving.contains(Leaving.ORIGINALS)) {
            records.keySet().retainAll(Set.copyOf(brought));
            space.keep(records, "migrate", user, clock.instant());
            space.keys().deleteMany(brought);
        }
        return errors;
    }

    private KvEntry copy(KvEntry entry) {
        var plain = KvEntry.of(entry.value());
        var described = leaving.contains(Leaving.METADATA) ? plain : plain.with(entry.metadata());
        return described.expiring(leaving.contains(Leaving.EXPIRY) ? Expiry.NEVER : entry.expiry());
    }
}
