package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.backup.ObjectPath;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.job.JobWorks;
import io.triport.manager.key.KeySpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies the values of keys to objects. A copy that is made twice is the same one. */
final class ObjectCopyWork implements JobWork {
    private static final int AT_ONCE = 100;

    private final Storage storage;
    private final Reach reach;
    private final ObjectStore bucket;
    private final String namespace;
    private final String prefix;
    private final KeySource source;
    private boolean last;

    /** @param prefix in front of the keys, empty for none */
    ObjectCopyWork(JobWorks.Means means, Reach reach, String namespace, String prefix, KeySource source) {
        this.storage = means.storage();
        this.reach = reach;
        this.bucket = BulkWorks.files(means.storage(), means.system());
        this.namespace = namespace;
        this.prefix = prefix;
        this.source = source;
    }

    @Override
    public @Nullable JobBatch next() {
        if (last) {
            return null;
        }
        var page = source.next(AT_ONCE);
        last = page.last();
        var errors = copy(page.items());
        var current = page.items().isEmpty() ? "" : page.items().getLast().name();
        var step = new JobStep(page.items().size(), errors, current, page.position());
        return unit -> step;
    }

    private List<JobError> copy(List<KeySource.Item> items) {
        var space = reach.reading(storage, namespace);
        var errors = new ArrayList<JobError>();
        var keys = new ArrayList<KvKey>();
        for (var item : items) {
            var key = item.key();
            if (key == null) {
                errors.add(new JobError(0, item.name(), "invalid_argument", "No key can have this name"));
            } else if (!space.permits(Action.KV_GET, key)) {
                errors.add(KeyChange.error(key, "forbidden", "You may not read this key"));
            } else {
                keys.add(key);
            }
        }
        var records = space.records(keys.stream().distinct().toList());
        var together = new HashMap<KvKey, KeyRecord>();
        var bytes = 0L;
        for (var key : keys) {
            var known = records.get(key);
            if (known == null) {
                errors.add(KeyChange.missing(key));
                continue;
            }
            if (bytes + known.size() > BulkWork.BATCH_BYTES) {
                put(space, together, errors);
                together.clear();
                bytes = 0;
            }
            together.put(key, known);
            bytes += known.size();
        }
        put(space, together, errors);
        return errors;
    }

    private void put(KeySpace space, Map<KvKey, KeyRecord> some, List<JobError> errors) {
        var entries = space.entries(some);
        for (var key : some.keySet()) {
            var entry = entries.get(key);
            if (entry == null) {
                errors.add(KeyChange.missing(key));
                continue;
            }
            var place = ObjectPath.of(namespace, prefix, key.text()).key();
            if (!(bucket.put(place, Content.of(entry.value()), WriteOptions.PLAIN) instanceof PutOutcome.Stored)) {
                errors.add(KeyChange.error(key, "storage_failed", "The object could not be written"));
            }
        }
    }

    @Override
    public ObjectNode finish() {
        return Json.object().put("prefix", prefix);
    }

    @Override
    public void close() {
        source.close();
    }
}
