package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.job.JobWorks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One change of many keys of a namespace. */
final class BulkWork implements JobWork {
    /** Bytes of values of one batch. A single one may be almost as long. */
    static final long BATCH_BYTES = KvLimits.VALUE_BYTES;

    private final Storage storage;
    private final Grant person;
    private final String namespace;
    private final KeySource source;
    private final KeyChange change;
    private final Queue<KeySource.Item> waiting = new ArrayDeque<>();
    private ObjectNode behind = Json.object();
    private boolean last;

    BulkWork(JobWorks.Means means, String namespace, KeySource source, KeyChange change) {
        this.storage = means.storage();
        this.person = means.person();
        this.namespace = namespace;
        this.source = source;
        this.change = change;
    }

    @Override
    public @Nullable JobBatch next() {
        if (waiting.isEmpty() && !last) {
            var page = source.next(JobBatch.MOST_ITEMS);
            waiting.addAll(page.items());
            behind = page.position();
            last = page.last();
        }
        if (waiting.isEmpty()) {
            var nothing = behind;
            return last ? null : unit -> new JobStep(0, List.of(), "", nothing);
        }
        var batch = batch();
        return unit -> apply(unit, batch);
    }

    @Override
    public ObjectNode finish() {
        return Json.object();
    }

    @Override
    public void close() {
        source.close();
    }

    private List<KeySource.Item> batch() {
        var batch = new ArrayList<KeySource.Item>();
        if (change.weight() == KeyChange.Weight.NAMES) {
            batch.addAll(waiting);
            waiting.clear();
            return batch;
        }
        var keys = new ArrayList<KvKey>();
        waiting.forEach(item -> {
            if (item.key() != null) {
                keys.add(item.key());
            }
        });
        var sizes = Space.of(storage, person, namespace)
                .records(keys.stream().distinct().toList());
        var bytes = 0L;
        while (!waiting.isEmpty()) {
            var key = waiting.element().key();
            var known = key == null ? null : sizes.get(key);
            bytes += known == null ? 0 : known.size();
            if (bytes > BATCH_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    private JobStep apply(Storage unit, List<KeySource.Item> batch) {
        var space = Space.of(unit, person, namespace);
        var errors = new ArrayList<JobError>();
        var keys = new ArrayList<KvKey>();
        for (var item : batch) {
            var key = item.key();
            if (key == null) {
                errors.add(new JobError(0, item.name(), "invalid_argument", "No key can have this name"));
            } else if (!space.permits(change.needs(), key)) {
                errors.add(KeyChange.error(key, "forbidden", "You may not do this with the key"));
            } else {
                keys.add(key);
            }
        }
        if (!keys.isEmpty()) {
            errors.addAll(change.apply(unit, space, keys.stream().distinct().toList()));
        }
        var end = batch.getLast();
        return new JobStep(batch.size(), errors, end.name(), end.position());
    }
}
