package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.key.KeySpace;
import io.triport.manager.transfer.ExportFormat;
import io.triport.manager.transfer.ItemWriter;
import io.triport.manager.transfer.TransferItem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the keys of a namespace to a file. */
final class ExportWork implements JobWork {
    /*
     * Going on
     *
     * What is kept of the file are whole parts, so after a restart the keys behind the last part are read again. They were
     * counted before, and are not counted once more.
     */
    private final Supplier<KeySpace> keys;
    private final ExportFile file;
    private final ExportFormat format;
    private final ItemWriter writer;
    private @Nullable KvKey after;
    private ObjectNode position;
    private long read;
    private long countedBefore;
    private boolean last;

    /**
     * @param keys the namespace, which may be called differently each time
     * @param counted items that the job's row counts already
     */
    ExportWork(
            Supplier<KeySpace> keys,
            ExportFile file,
            ExportFormat format,
            JsonNode position,
            long counted,
            Clock clock) {
        this.keys = keys;
        this.file = file;
        this.format = format;
        this.writer = new ItemWriter(format, clock, position.path("written").asLong());
        this.after = position.has("after") ? KvKey.of(position.get("after").asText()) : null;
        this.position = position instanceof ObjectNode known ? known : Json.object();
        this.read = position.path("read").asLong();
        this.countedBefore = counted - read;
    }

    @Override
    public @Nullable JobBatch next() {
        if (last) {
            return null;
        }
        var space = this.keys.get();
        var page = space.list(KeyPrefix.EVERY, after, JobBatch.MOST_ITEMS);
        var keys = page.keys().stream().map(KvListed::key).toList();
        var errors = new ArrayList<JobError>();
        var taken = keys.isEmpty() ? List.<KvKey>of() : write(space, keys, errors);
        last = page.last() && taken.size() == keys.size();
        if (taken.isEmpty()) {
            return last ? null : unit -> new JobStep(0, List.of(), "", position);
        }
        after = taken.getLast();
        read += taken.size();
        if (writer.size() >= ExportFile.PART_BYTES) {
            keepPart(taken.getLast());
        }
        var counted = (int) Math.max(0, taken.size() - countedBefore);
        countedBefore = Math.max(0, countedBefore - taken.size());
        var news = counted == 0 ? List.<JobError>of() : errors;
        var step = new JobStep(counted, news, taken.getLast().text(), position);
        return unit -> step;
    }

    @Override
    public ObjectNode finish() {
        writer.end();
        var size = file.end(writer.take());
        return Json.object().put("format", format.text()).put("size", size).put("items", writer.written());
    }

    @Override
    public void discard() {
        file.discard();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private void keepPart(KvKey end) {
        file.add(writer.take());
        position = Json.object()
                .put("after", end.text())
                .put("written", writer.written())
                .put("read", read);
        file.describe(position);
    }

    /** Writes as many of the keys as a batch may weigh. @return those that were looked at */
    private List<KvKey> write(KeySpace space, List<KvKey> keys, List<JobError> errors) {
        var known = space.records(keys);
        var some = new LinkedHashMap<KvKey, KeyRecord>();
        var taken = new ArrayList<KvKey>();
        var bytes = 0L;
        for (var key : keys) {
            var found = known.get(key);
            bytes += found == null ? 0 : found.size();
            if (bytes > BulkWork.BATCH_BYTES && !taken.isEmpty()) {
                break;
            }
            taken.add(key);
            if (found != null) {
                some.put(key, found);
            }
        }
        var entries = space.entries(some);
        for (var key : taken) {
            var entry = entries.get(key);
            var found = some.get(key);
            if (entry != null && found != null) {
                try {
                    writer.write(new TransferItem(
                            key,
                            entry.value(),
                            entry.expiry(),
                            entry.metadata(),
                            found.labels().custom(),
                            found.labels().tags()));
                } catch (InvalidInput e) {
                    errors.add(KeyChange.error(key, "metadata_invalid", "The metadata of the key is no JSON"));
                }
            }
        }
        return taken;
    }
}
