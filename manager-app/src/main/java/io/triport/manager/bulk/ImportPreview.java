package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.KeyUnits;
import io.triport.manager.route.Call;
import io.triport.manager.schema.KeyRules;
import io.triport.manager.transfer.ContentStream;
import io.triport.manager.transfer.ImportReader;
import io.triport.manager.transfer.ImportRow;
import io.triport.manager.transfer.Repeats;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what an import would do, without writing or keeping anything of it. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ImportPreview {
    private static final int AT_ONCE = 1_000;
    private static final int MOST_INVALID = 1_000;
    private static final int SAMPLE = 10;

    private final Storage storage;
    private final Clock clock;
    private final Randomness randomness;
    private final KeyUnits units;

    ImportPreview(Storage storage, KeyUnits units, Clock clock, Randomness randomness) {
        this.storage = storage;
        this.units = units;
        this.clock = clock;
        this.randomness = randomness;
    }

    /** @throws io.triport.manager.transfer.ImportInvalid where it cannot be read */
    ObjectNode of(Call call, Namespace namespace, ImportWork.Collision collision, ByteSize longest) {
        try (var reader = new ImportReader(new ContentStream(call.content().limitedTo(longest)), clock)) {
            return of(call.grant(), namespace, collision, reader);
        } catch (InvalidInput e) {
            throw Problem.PAYLOAD_TOO_LARGE.refused();
        }
    }

    /** The same of a file that is there. */
    ObjectNode of(Grant grant, Namespace namespace, ImportWork.Collision collision, ImportReader reader) {
        var seen = new Seen(grant, namespace);
        for (var row = reader.next(); row != null; row = reader.next()) {
            seen.take(row);
        }
        return seen.told()
                .put("format", reader.format())
                .put("items", reader.count())
                .put("collision", collision.name().toLowerCase(Locale.ROOT));
    }

    /** What was seen of a file. */
    private final class Seen {
        private final Grant grant;
        private final Namespace namespace;
        private final KeyRules rules;
        private final Repeats repeats = Repeats.of(randomness);
        private final List<KvKey> names = new ArrayList<>();
        private final ArrayNode invalid = Json.array();
        private final ArrayNode sample = Json.array();
        private long bad;
        private long expired;
        private long fresh;
        private long existing;
        private long forbidden;
        private long bytes;

        private Seen(Grant grant, Namespace namespace) {
            this.grant = grant;
            this.namespace = namespace;
            this.rules = units.policy(storage, grant, namespace.id()).rules();
        }

        private void take(ImportRow row) {
            switch (row) {
                case ImportRow.Expired gone -> expired++;
                case ImportRow.Invalid wrong ->
                    wrong(wrong.line(), wrong.name(), wrong.fault().code(), wrong.reason());
                case ImportRow.Valid valid ->
                    rules.violated(valid.item().key(), valid.item().value())
                            .ifPresentOrElse(
                                    found -> wrong(valid.line(), found.key(), "schema_violated", found.sentence()),
                                    () -> take(valid));
            }
        }

        private void wrong(long line, String name, String code, String reason) {
            bad++;
            if (invalid.size() < MOST_INVALID) {
                invalid.add(Json.object()
                        .put("line", line)
                        .put("name", name)
                        .put("code", code)
                        .put("reason", reason));
            }
        }

        private void take(ImportRow.Valid row) {
            var key = row.item().key();
            bytes += row.item().value().size();
            if (!grant.permits(Action.KV_PUT, new ResourceName(namespace.title().text(), key.bytes()))) {
                forbidden++;
                return;
            }
            if (!repeats.seen(key, (int) row.index())) {
                names.add(key);
            }
            if (sample.size() < SAMPLE) {
                sample.add(Json.object()
                        .put("name", key.text())
                        .put("size", row.item().value().size()));
            }
            if (names.size() == AT_ONCE) {
                look();
            }
        }

        private void look() {
            if (!names.isEmpty()) {
                var there = storage.keyCatalogue(grant)
                        .find(namespace.title(), List.copyOf(names))
                        .size();
                existing += there;
                fresh += names.size() - there;
                names.clear();
            }
        }

        private ObjectNode told() {
            look();
            var told = Json.object()
                    .put("new", fresh)
                    .put("existing", existing)
                    .put("forbidden", forbidden)
                    .put("invalid_count", bad)
                    .put("expired", expired)
                    .put("duplicates", repeats.count())
                    .put("bytes", bytes);
            told.set("invalid", invalid);
            told.set("sample", sample);
            return told;
        }
    }
}
