package io.triport.manager.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.Loaded;
import io.triport.identity.log.RequestLog;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.job.JobFiles;
import io.triport.manager.route.Call;
import io.triport.manager.route.Turns;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** Runs files that were sent, each at most once. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Loads {
    /*
     * At most once
     *
     * Clients call again when they have waited for long, also without an Idempotency-Key. So calls for one file take turns, the file is
     * taken away before its statements run, and what came of them is kept by its name: the later call hears what the earlier one did. A
     * process that ends in between leaves neither, and who asks then hears that there is no such file. Nothing is run again.
     */
    private static final ByteSize LONGEST_OUTCOME = ByteSize.ofKiB(64);

    private final Databases databases;
    private final DumpFiles files;
    private final RequestLog log;
    private final Turns turns = new Turns();

    Loads(Databases databases, DumpFiles files, RequestLog log) {
        this.databases = databases;
        this.files = files;
        this.log = log;
    }

    /**
     * A file that was sent, as it is said to be.
     *
     * @param name begins with the MD5 that the file was announced with
     * @param etag the MD5 that it has
     */
    record Sent(Database database, String name, String etag) {
        private ObjectKey file() {
            return JobFiles.load(database.id().text(), name);
        }

        /** Of what came of it. */
        private List<ObjectKey> outcome(Loaded loaded) {
            return List.of(outcome(), Loads.outcomeOf(database, loaded.state()));
        }

        private ObjectKey outcome() {
            return JobFiles.loaded(database.id().text(), name);
        }

        private void require(String md5) {
            if (!etag.equals(md5)) {
                throw Fields.invalid("etag", "the MD5 of the file that was sent");
            }
        }
    }

    /** What Cloudflare's API says of an import that is done. */
    ObjectNode load(Call call, Sent sent) {
        sent.require(sent.name().substring(0, sent.etag().length()));
        return turns.take(
                sent.file(),
                () -> files.with(bucket -> read(bucket, sent.outcome()).orElseGet(() -> first(call, sent, bucket))));
    }

    private ObjectNode first(Call call, Sent sent, ObjectStore bucket) {
        if (!(bucket.get(ObjectRef.current(sent.file()), ReadOptions.WHOLE) instanceof GetOutcome.Found found)) {
            throw Fields.invalid("filename", "that of a file that was sent, within two hours, and not yet run");
        }
        try (var content = found.content()) {
            sent.require(found.info().etag().text());
            var database = sent.database();
            var open = databases.open(call.grant(), database);
            var loaded = databases.changing(DatabaseApi.author(call), "import_database", database, () -> {
                take(bucket, sent.file());
                return open.archive().load(content);
            });
            var outcome = told(loaded);
            keep(call, bucket, sent.outcome(loaded), outcome);
            return outcome;
        }
    }

    private static void take(ObjectStore bucket, ObjectKey key) {
        var outcome =
                bucket.delete(List.of(ObjectRef.current(key)), Conditions.NONE).getFirst();
        if (!(outcome instanceof DeleteOutcome.Deleted)) {
            throw Problem.STORAGE_UNAVAILABLE.refused();
        }
    }

    /** What came of the import whose end had a bookmark. */
    ObjectNode outcome(Database database, Bookmark bookmark) {
        return files.with(bucket -> read(bucket, outcomeOf(database, bookmark)))
                .orElseThrow(() -> Fields.invalid("current_bookmark", "that of an import, of the last two hours"));
    }

    private static ObjectKey outcomeOf(Database database, Bookmark bookmark) {
        return JobFiles.loaded(database.id().text(), bookmark.text());
    }

    /** What was done is done, whether its outcome can be kept or not. */
    private void keep(Call call, ObjectStore bucket, List<ObjectKey> keys, ObjectNode outcome) {
        try {
            var text = Bytes.utf8(outcome.toString());
            keys.forEach(key -> DumpFiles.stored(bucket.put(key, Content.of(text), WriteOptions.PLAIN)));
        } catch (StorageFailure | Refused e) {
            log.failed(call.fetch().id(), Level.WARN, e);
        }
    }

    private static Optional<ObjectNode> read(ObjectStore bucket, ObjectKey file) {
        return bucket.get(ObjectRef.current(file), ReadOptions.WHOLE) instanceof GetOutcome.Found found
                ? Optional.of((ObjectNode) Json.parse(ContentReader.whole(found.content(), LONGEST_OUTCOME)))
                : Optional.empty();
    }

    private static ObjectNode told(Loaded loaded) {
        var outcome = Json.object()
                .put("type", "import")
                .put("success", true)
                .put("status", "complete")
                .put("at_bookmark", loaded.state().text());
        outcome.putArray("messages");
        outcome.putObject("result")
                .put("final_bookmark", loaded.state().text())
                .put("num_queries", loaded.statements())
                .set("meta", ResultWriter.meta(loaded.meta()));
        return outcome;
    }
}
