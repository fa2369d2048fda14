package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyLabels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Copies keys with all that belongs to them to another namespace. @param target its id */
record CopyKeys(String target, String user, Clock clock) implements KeyChange {
    @Override
    public Weight weight() {
        return Weight.VALUES;
    }

    @Override
    public Action needs() {
        return Action.KV_GET;
    }

    @Override
    public List<JobError> apply(Storage unit, Space space, List<KvKey> keys) {
        var there = Space.of(unit, space.person(), target);
        var errors = new ArrayList<JobError>();
        var records = space.records(keys);
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
                pairs.add(
                        new KvPair(key, new KvEntry(entry.value(), entry.metadata(), entry.expiry(), KvVersion.NONE)));
                labels.put(key, known.labels());
            }
        }
        if (!pairs.isEmpty()) {
            there.keep(there.records(pairs.stream().map(KvPair::key).toList()), "bulk_copy", user, clock.instant());
            errors.addAll(Writing.put(there, pairs));
            there.catalogue().label(there.title(), labels);
        }
        return errors;
    }
}
