package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what is known of each key of a namespace with the key itself. */
final class IndexCheckWork implements JobWork {
    /*
     * A key that is written between the two looks differs though nothing is wrong. So what differs is looked at once more, in one
     * unit, in which nothing can come between.
     */
    private static final String MISSING = "index_missing";
    private static final String DIFFERS = "index_differs";

    private final Storage storage;
    private final Reach reach;
    private final String namespace;
    private KvStart start;
    private long keys;
    private long missing;
    private long differing;
    private boolean last;

    IndexCheckWork(Storage storage, Reach reach, String namespace, JsonNode position) {
        this.storage = storage;
        this.reach = reach;
        this.namespace = namespace;
        this.start = position.has("after")
                ? new KvStart.After(KvKey.of(position.get("after").asText()))
                : KvStart.BEGINNING;
        this.keys = position.path("keys").asLong();
        this.missing = position.path("missing").asLong();
        this.differing = position.path("differing").asLong();
    }

    @Override
    public @Nullable JobBatch next() {
        if (last) {
            return null;
        }
        var space = reach.reading(storage, namespace);
        var page = space.keys().list(KvQuery.all().from(start).limitedTo(JobBatch.MOST_ITEMS));
        last = page instanceof KvPage.Last;
        if (page.keys().isEmpty()) {
            return null;
        }
        var errors = new ArrayList<JobError>();
        var known = space.records(page.keys().stream().map(KvListed::key).toList());
        for (var listed : page.keys()) {
            if (!agree(listed, known)) {
                again(listed.key()).ifPresent(found -> {
                    missing += found.code().equals(MISSING) ? 1 : 0;
                    differing += found.code().equals(DIFFERS) ? 1 : 0;
                    errors.add(found);
                });
            }
        }
        keys += page.keys().size();
        start = new KvStart.After(page.keys().getLast().key());
        var step = new JobStep(
                page.keys().size(),
                errors,
                page.keys().getLast().key().text(),
                position(page.keys().getLast().key()));
        return unit -> step;
    }

    @Override
    public ObjectNode finish() {
        var totals = reach.reading(storage, namespace);
        return Json.object()
                .put("keys", keys)
                .put("missing", missing)
                .put("differing", differing)
                .put("counted", totals.catalogue().totals(totals.title()).keys());
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static boolean agree(KvListed listed, Map<KvKey, KeyRecord> known) {
        var found = known.get(listed.key());
        return found != null && found.expiry().equals(listed.expiry());
    }

    private Optional<JobError> again(KvKey key) {
        return reach.by().together(storage, unit -> {
            var space = reach.reading(unit, namespace);
            var entry = space.keys().get(key);
            var found = space.records(List.of(key)).get(key);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (found == null) {
                return Optional.of(KeyChange.error(key, MISSING, "The index does not know the key"));
            }
            var same = found.version().equals(entry.get().version())
                    && found.size() == entry.get().value().size()
                    && found.expiry().equals(entry.get().expiry());
            if (same) {
                return Optional.empty();
            }
            return Optional.of(KeyChange.error(key, DIFFERS, "The index knows another version of the key"));
        });
    }

    private ObjectNode position(KvKey after) {
        return Json.object()
                .put("after", after.text())
                .put("keys", keys)
                .put("missing", missing)
                .put("differing", differing);
    }
}
