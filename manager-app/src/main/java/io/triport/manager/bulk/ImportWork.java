package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobError;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobFailed;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import io.triport.manager.key.KeyUnit;
import io.triport.manager.transfer.ImportReader;
import io.triport.manager.transfer.ImportRow;
import io.triport.manager.transfer.ImportSummary;
import io.triport.manager.transfer.TransferItem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the items of a file into a namespace. */
final class ImportWork implements JobWork {
    /*
     * Counting once
     *
     * A batch that could not be committed is applied again, so what it counts is kept apart until the next one is asked for.
     */
    private final Storage storage;
    private final Reach reach;
    private final String namespace;
    private final Order order;
    private final Clock clock;
    private final ImportReader rows;
    private Tally before;
    private Tally after;
    private @Nullable ImportRow ahead;

    /** What becomes of a key that is there. */
    enum Collision {
        OVERWRITE,
        SKIP,
        FAIL
    }

    /**
     * What is ordered.
     *
     * @param file opens the file, any number of times
     * @param only names of keys; none for all
     */
    record Order(Supplier<ImportReader> file, ImportSummary summary, Collision collision, Set<String> only) {
        Order {
            only = Set.copyOf(only);
        }
    }

    ImportWork(Storage storage, Reach reach, String namespace, Order order, JsonNode position, Clock clock) {
        this.storage = storage;
        this.reach = reach;
        this.namespace = namespace;
        this.order = order;
        this.clock = clock;
        this.before = Tally.of(position);
        this.after = before;
        if (before.at == 0 && order.collision == Collision.FAIL) {
            refuseAnyThatIsThere();
        }
        this.rows = order.file.get();
        while (rows.count() < before.at && rows.next() != null) {
            // Done before the restart.
        }
    }

    @Override
    public @Nullable JobBatch next() {
        before = after;
        var batch = new ArrayList<ImportRow>();
        var bytes = 0L;
        while (batch.size() < JobBatch.MOST_ITEMS) {
            var row = ahead == null ? rows.next() : ahead;
            ahead = null;
            if (row == null) {
                break;
            }
            bytes += row instanceof ImportRow.Valid valid ? valid.item().weight() : 0;
            if (bytes > BulkWork.BATCH_BYTES && !batch.isEmpty()) {
                ahead = row;
                break;
            }
            batch.add(row);
        }
        return batch.isEmpty() ? null : unit -> apply(unit, batch);
    }

    @Override
    public ObjectNode finish() {
        return after.result();
    }

    @Override
    public void close() {
        rows.close();
    }

    private JobStep apply(Storage within, List<ImportRow> batch) {
        var unit = reach.writing(within, namespace);
        var tally = new Counting(before);
        var errors = new ArrayList<JobError>();
        var items = new HashMap<KvKey, TransferItem>();
        var processed = 0;
        for (var row : batch) {
            if (!wanted(row)) {
                continue;
            }
            processed++;
            switch (row) {
                case ImportRow.Expired expired -> tally.expired++;
                case ImportRow.Invalid invalid ->
                    errors.add(new JobError(0, name(invalid), invalid.fault().code(), invalid.reason()));
                case ImportRow.Valid valid -> take(unit, valid, tally, items, errors);
            }
        }
        write(unit, tally, items, errors);
        tally.at = batch.getLast().index() + 1;
        after = tally.tally();
        return new JobStep(processed, errors, name(batch.getLast()), after.position());
    }

    private void take(
            KeyUnit unit, ImportRow.Valid row, Counting tally, Map<KvKey, TransferItem> items, List<JobError> errors) {
        var key = row.item().key();
        if (order.summary.replaces(row.index())) {
            tally.duplicates++;
            return;
        }
        if (!unit.space().permits(Action.KV_PUT, key)) {
            errors.add(KeyChange.error(key, "forbidden", "You may not write this key"));
            return;
        }
        var unfit = Writing.unfit(unit, key, row.item().value());
        if (unfit.isPresent()) {
            errors.add(unfit.get());
            return;
        }
        tally.coerced += row.coerced() ? 1 : 0;
        items.put(key, row.item());
    }

    private void write(KeyUnit unit, Counting tally, Map<KvKey, TransferItem> items, List<JobError> errors) {
        var records = unit.space().records(List.copyOf(items.keySet()));
        switch (order.collision) {
            case OVERWRITE -> unit.keep(records, "import");
            case SKIP -> {
                tally.skipped += records.size();
                items.keySet().removeAll(records.keySet());
            }
            case FAIL -> {
                items.keySet().removeAll(records.keySet());
                records.keySet()
                        .forEach(key -> errors.add(KeyChange.error(key, "key_taken", "The key was made meanwhile")));
            }
        }
        var now = clock.instant();
        var pairs = new ArrayList<KvPair>();
        var labels = new HashMap<KvKey, KeyLabels>();
        for (var item : items.values()) {
            if (item.expiry().passed(now)) {
                tally.expired++;
                continue;
            }
            pairs.add(
                    new KvPair(item.key(), new KvEntry(item.value(), item.metadata(), item.expiry(), KvVersion.NONE)));
            labels(item, records.get(item.key()), labels);
        }
        errors.addAll(Writing.put(unit, pairs));
        tally.written += pairs.size();
        if (!labels.isEmpty()) {
            unit.space().catalogue().label(unit.space().title(), labels);
        }
    }

    /** What an item does not say stays as it was. */
    private static void labels(TransferItem item, @Nullable KeyRecord known, Map<KvKey, KeyLabels> labels) {
        if (item.tags().isEmpty() && item.custom().isNone()) {
            return;
        }
        var present = known == null ? KeyLabels.NONE : known.labels();
        var tagged = item.tags().isEmpty() ? present : present.tagged(item.tags());
        labels.put(item.key(), item.custom().isNone() ? tagged : tagged.describedBy(item.custom()));
    }

    private void refuseAnyThatIsThere() {
        try (var all = order.file.get()) {
            var names = new ArrayList<KvKey>();
            for (var row = all.next(); row != null; row = all.next()) {
                if (row instanceof ImportRow.Valid valid && wanted(row) && !order.summary.replaces(row.index())) {
                    names.add(valid.item().key());
                }
                if (names.size() == 2 * JobBatch.MOST_ITEMS) {
                    refuse(names);
                    names.clear();
                }
            }
            refuse(names);
        }
    }

    private void refuse(List<KvKey> names) {
        var there = reach.reading(storage, namespace).records(names);
        if (!there.isEmpty()) {
            throw new JobFailed("collision", "A key of the file exists; nothing was written");
        }
    }

    private boolean wanted(ImportRow row) {
        return order.only.isEmpty() || order.only.contains(name(row));
    }

    private static String name(ImportRow row) {
        return switch (row) {
            case ImportRow.Valid valid -> valid.item().key().text();
            case ImportRow.Expired expired -> expired.key().text();
            case ImportRow.Invalid invalid -> invalid.name().isEmpty() ? "line " + invalid.line() : invalid.name();
        };
    }

    /** What has been counted up to a place of the file. */
    private record Tally(long at, long written, long skipped, long coerced, long expired, long duplicates) {
        static Tally of(JsonNode position) {
            return new Tally(
                    position.path("at").asLong(),
                    position.path("written").asLong(),
                    position.path("skipped").asLong(),
                    position.path("coerced").asLong(),
                    position.path("expired").asLong(),
                    position.path("duplicates").asLong());
        }

        ObjectNode position() {
            return result().put("at", at);
        }

        ObjectNode result() {
            return Json.object()
                    .put("written", written)
                    .put("skipped", skipped)
                    .put("coerced", coerced)
                    .put("expired", expired)
                    .put("duplicates", duplicates);
        }
    }

    /** A tally that grows. */
    private static final class Counting {
        private long at;
        private long written;
        private long skipped;
        private long coerced;
        private long expired;
        private long duplicates;

        private Counting(Tally from) {
            at = from.at;
            written = from.written;
            skipped = from.skipped;
            coerced = from.coerced;
            expired = from.expired;
            duplicates = from.duplicates;
        }

        private Tally tally() {
            return new Tally(at, written, skipped, coerced, expired, duplicates);
        }
    }
}
