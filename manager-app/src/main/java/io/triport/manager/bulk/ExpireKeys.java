package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.table.JobError;
import io.triport.manager.key.KeyUnit;
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
    public List<JobError> apply(KeyUnit unit, List<KvKey> keys) {
        var records = unit.space().records(keys);
        var entries = unit.space().entries(records);
        var errors = new ArrayList<JobError>();
        var pairs = new ArrayList<KvPair>();
        for (var key : keys) {
            var entry = entries.get(key);
            if (entry == null) {
                errors.add(KeyChange.missing(key));
            } else {
                pairs.add(new KvPair(key, entry.expiring(expiry)));
            }
        }
        unit.keep(records, entries, "bulk_ttl_update");
        errors.addAll(Writing.put(unit, pairs));
        return errors;
    }
}
