package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.manager.key.KeyUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Changes the tags of keys. */
record TagKeys(TagKeys.Mode mode, List<KeyTag> tags) implements KeyChange {
    TagKeys {
        tags = List.copyOf(tags);
    }

    enum Mode {
        ADD,
        REMOVE,
        REPLACE
    }

    @Override
    public Weight weight() {
        return Weight.NAMES;
    }

    @Override
    public Action needs() {
        return Action.KEY_LABEL;
    }

    @Override
    public List<JobError> apply(KeyUnit unit, List<KvKey> keys) {
        var records = unit.space().records(keys);
        var errors = new ArrayList<JobError>();
        var labels = new HashMap<KvKey, KeyLabels>();
        for (var key : keys) {
            var known = records.get(key);
            if (known == null) {
                errors.add(KeyChange.missing(key));
                continue;
            }
            try {
                labels.put(key, known.labels().tagged(changed(known.labels().tags())));
            } catch (InvalidInput e) {
                errors.add(KeyChange.error(key, "invalid_argument", "The key would have too many tags"));
            }
        }
        if (!labels.isEmpty()) {
            unit.space()
                    .catalogue()
                    .label(unit.space().title(), labels)
                    .forEach(gone -> errors.add(KeyChange.missing(gone)));
        }
        return errors;
    }

    private List<KeyTag> changed(List<KeyTag> present) {
        var changed = new LinkedHashSet<KeyTag>(mode == Mode.REPLACE ? List.of() : present);
        if (mode == Mode.REMOVE) {
            tags.forEach(changed::remove);
        } else {
            changed.addAll(tags);
        }
        return List.copyOf(changed);
    }
}
