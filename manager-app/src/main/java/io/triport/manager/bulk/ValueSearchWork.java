package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.key.KeyShape;
import io.triport.manager.key.KeySpace;
import io.triport.manager.search.ValueQuery;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for a text in the values of namespaces, one after the other, and writes down what it finds, a line for each key. */
final class ValueSearchWork implements JobWork {
    /*
     * Going on
     *
     * As an export does: kept are whole parts of the file, so after a restart the keys behind the last part are looked at again. They
     * were counted before, and are not counted once more.
     */
    static final int MOST_FOUND = 10_000;

    private final Storage storage;
    private final Reach reach;
    private final Order order;
    private final ExportFile file;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private ObjectNode position;
    private int space;
    private @Nullable KvKey after;
    private long keys;
    private long bytes;
    private long found;
    private long countedBefore;

    /**
     * What is ordered.
     *
     * @param namespaces their ids
     * @param mostBytes of values that are read
     */
    record Order(ValueQuery query, List<String> namespaces, long mostBytes) {
        Order {
            namespaces = List.copyOf(namespaces);
        }
    }

    /** @param counted keys that the job's row counts already */
    ValueSearchWork(Storage storage, Reach reach, Order order, ExportFile file, JsonNode position, long counted) {
        this.storage = storage;
        this.reach = reach;
        this.order = order;
        this.file = file;
        this.position = position instanceof ObjectNode known ? known : Json.object();
        this.space = position.path("space").asInt();
        this.after = position.has("after") ? KvKey.of(position.get("after").asText()) : null;
        this.keys = position.path("keys").asLong();
        this.bytes = position.path("bytes").asLong();
        this.found = position.path("found").asLong();
        this.countedBefore = counted - keys;
    }

    @Override
    public @Nullable JobBatch next() {
        if (space == order.namespaces.size() || over().isPresent()) {
            return null;
        }
        var here = reach.reading(storage, order.namespaces.get(space));
        var page = here.list(order.query.prefix(), after, JobBatch.MOST_ITEMS);
        var listed = page.keys().stream().map(KvListed::key).toList();
        var looked = listed.isEmpty() ? listed : look(here, listed);
        keys += looked.size();
        if (page.last() && looked.size() == listed.size()) {
            space++;
            after = null;
        } else if (!looked.isEmpty()) {
            after = looked.getLast();
        }
        if (lines.size() >= ExportFile.PART_BYTES) {
            keepPart();
        }
        var counted = (int) Math.max(0, looked.size() - countedBefore);
        countedBefore = Math.max(0, countedBefore - looked.size());
        var step = new JobStep(
                counted, List.of(), looked.isEmpty() ? "" : looked.getLast().text(), position);
        return unit -> step;
    }

    @Override
    public ObjectNode finish() {
        var reason = over();
        file.end(taken());
        var result = Json.object().put("found", found).put("bytes", bytes).put("complete", reason.isEmpty());
        reason.ifPresent(why -> result.put("ended_by", why));
        return result;
    }

    @Override
    public void discard() {
        file.discard();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** Why it ends before all was looked at. */
    private Optional<String> over() {
        if (space == order.namespaces.size()) {
            return Optional.empty();
        }
        if (found >= MOST_FOUND) {
            return Optional.of("max_found");
        }
        return bytes >= order.mostBytes ? Optional.of("max_bytes") : Optional.empty();
    }

    private void keepPart() {
        file.add(taken());
        position = Json.object()
                .put("space", space)
                .put("keys", keys)
                .put("bytes", bytes)
                .put("found", found);
        if (after != null) {
            position.put("after", after.text());
        }
        file.describe(position);
    }

    private Bytes taken() {
        var some = Bytes.copyOf(lines.toByteArray());
        lines.reset();
        return some;
    }

    /** Looks at as many of the keys as a batch may weigh, and the budget. @return those that were looked at */
    private List<KvKey> look(KeySpace here, List<KvKey> listed) {
        var known = here.records(listed);
        var chosen = new LinkedHashMap<KvKey, KeyRecord>();
        var looked = new ArrayList<KvKey>();
        var weight = 0L;
        for (var key : listed) {
            var record = known.get(key);
            if (record != null && order.query.chooses(record)) {
                var full = weight + record.size() > BulkWork.BATCH_BYTES || bytes + weight >= order.mostBytes;
                if (full && !looked.isEmpty()) {
                    break;
                }
                weight += record.size();
                chosen.put(key, record);
            }
            looked.add(key);
        }
        bytes += weight;
        var entries = here.entries(chosen);
        chosen.forEach((key, record) -> {
            var entry = entries.get(key);
            if (entry != null && found < MOST_FOUND) {
                preview(entry).ifPresent(preview -> write(order.namespaces.get(space), record, preview));
            }
        });
        return looked;
    }

    /** Only texts are searched. */
    private Optional<String> preview(KvEntry entry) {
        try {
            return order.query.preview(entry.value().toUtf8());
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private void write(String namespace, KeyRecord record, String preview) {
        var line = Json.object()
                .put("namespace_id", namespace)
                .put("key_name", record.key().text());
        KeyShape.labels(line, record.labels());
        line.put("size", record.size()).put("value_preview", preview);
        KeyShape.expiration(line, record.expiry());
        lines.writeBytes(Json.bytes(line).toByteArray());
        lines.write('\n');
        found++;
    }
}
