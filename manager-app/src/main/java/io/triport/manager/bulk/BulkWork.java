package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One change of many keys of a namespace. */
final class BulkWork implements JobWork {
    /** Bytes of values of one batch. A single one may be almost as long. */
    static final long BATCH_BYTES = KvLimits.VALUE_BYTES;

    private final Storage storage;
    private final Reach reach;
    private final String namespace;
    private final KeySource source;
    private final KeyChange change;
    private final Queue<KeySource.Item> waiting = new ArrayDeque<>();
    private ObjectNode behind = Json.object();
    private boolean last;

    BulkWork(Storage storage, Reach reach, String namespace, KeySource source, KeyChange change) {
        this.storage = storage;
        this.reach = reach;
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
        return new Batch(batch(), change);
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
        var sizes = reach.reading(storage, namespace)
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

    /** Some of the keys, and what becomes of them. */
    private final class Batch implements JobBatch {
        private final List<KeySource.Item> items;
        private final KeyChange done;

        private Batch(List<KeySource.Item> items, KeyChange done) {
            this.items = List.copyOf(items);
            this.done = done;
        }

        @Override
        public Optional<JobBatch> sparing() {
            return done.sparing().map(other -> new Batch(items, other));
        }

        @Override
        public JobStep apply(Storage within) {
            var unit = reach.writing(within, namespace);
            var errors = new ArrayList<JobError>();
            var keys = new ArrayList<KvKey>();
            for (var item : items) {
                var key = item.key();
                if (key == null) {
                    errors.add(new JobError(0, item.name(), "invalid_argument", "No key can have this name"));
                } else if (!unit.space().permits(done.needs(), key)) {
                    errors.add(KeyChange.error(key, "forbidden", "You may not do this with the key"));
                } else {
                    keys.add(key);
                }
            }
            if (!keys.isEmpty()) {
                errors.addAll(done.apply(unit, keys.stream().distinct().toList()));
            }
            var end = items.getLast();
            return new JobStep(items.size(), errors, end.name(), end.position());
        }
    }
}
