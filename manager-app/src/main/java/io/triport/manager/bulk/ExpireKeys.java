package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import java.util.ArrayList;
import java.util.List;

/** Gives keys another end; value and metadata stay. */
record ExpireKeys(Expiry expiry) implements KeyChange {
    @Override
    public Weight weight() {
        return Weight.VALUES;
    }

    @Override
    public Action needs() {
        return Action.KV_PUT;
    }

    @Override
    public List<JobError> apply(Storage unit, Space space, List<KvKey> keys) {
        var entries = space.entries(space.records(keys));
        var errors = new ArrayList<JobError>();
        var pairs = new ArrayList<KvPair>();
        for (var key : keys) {
            var entry = entries.get(key);
            if (entry == null) {
                errors.add(KeyChange.missing(key));
            } else {
                pairs.add(new KvPair(key, new KvEntry(entry.value(), entry.metadata(), expiry, KvVersion.NONE)));
            }
        }
        errors.addAll(Writing.put(space, pairs));
        return errors;
    }
}
