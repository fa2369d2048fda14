package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.key.KeyUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings keys to another namespace.
 *
 * @param target its id
 * @param leaving what does not come along, or does not stay
 */
record MoveKeys(String target, Set<MoveKeys.Leaving> leaving, Reach reach) implements KeyChange {
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
    public List<JobError> apply(KeyUnit here, List<KvKey> keys) {
        var there = reach.writing(here.space().storage(), target);
        var errors = new ArrayList<JobError>();
        var records = here.space().records(keys);
        var entries = here.space().entries(records);
        var pairs = new ArrayList<KvPair>();
        for (var key : keys) {
            var entry = entries.get(key);
            if (entry == null) {
                errors.add(KeyChange.missing(key));
                continue;
            }
            var refused = refused(there, key, entry);
            refused.ifPresentOrElse(errors::add, () -> pairs.add(new KvPair(key, copy(entry))));
        }
        if (!pairs.isEmpty()) {
            errors.addAll(move(here, there, records, pairs));
        }
        return errors;
    }

    private static Optional<JobError> refused(KeyUnit there, KvKey key, KvEntry entry) {
        return there.space().permits(Action.KV_PUT, key)
                ? Writing.unfit(there, key, entry.value())
                : Optional.of(KeyChange.error(key, "forbidden", "You may not write this key in the other namespace"));
    }

    private List<JobError> move(KeyUnit here, KeyUnit there, Map<KvKey, KeyRecord> records, List<KvPair> pairs) {
        var wanted = pairs.stream().map(KvPair::key).toList();
        there.keep(there.space().records(wanted), "bulk_copy");
        var errors = Writing.put(there, pairs);
        var failed = errors.stream().map(JobError::item).collect(Collectors.toSet());
        var brought = new HashMap<KvKey, KeyRecord>();
        for (var key : wanted) {
            var known = records.get(key);
            if (known != null && !failed.contains(key.text())) {
                brought.put(key, known);
            }
        }
        if (!leaving.contains(Leaving.METADATA) && !brought.isEmpty()) {
            var labels = new HashMap<KvKey, KeyLabels>();
            brought.forEach((key, known) -> labels.put(key, known.labels()));
            there.space().catalogue().label(there.space().title(), labels);
        }
        if (leaving.contains(Leaving.ORIGINALS) && !brought.isEmpty()) {
            here.keep(brought, "migrate");
            here.store().deleteMany(List.copyOf(brought.keySet()));
        }
        return errors;
    }

    private KvEntry copy(KvEntry entry) {
        var plain = KvEntry.of(entry.value());
        var described = leaving.contains(Leaving.METADATA) ? plain : plain.with(entry.metadata());
        return described.expiring(leaving.contains(Leaving.EXPIRY) ? Expiry.NEVER : entry.expiry());
    }
}
