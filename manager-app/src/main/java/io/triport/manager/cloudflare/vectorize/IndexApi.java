package io.triport.manager.cloudflare.vectorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexInfo;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.VectorIndex;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Vector indexes by Cloudflare's API: which there are. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class IndexApi implements Routes {
    /** What vectors of these models have (Vectorize documentation, "Create indexes"). */
    private static final Map<String, IndexShape> PRESETS = Map.of(
            "@cf/baai/bge-small-en-v1.5",
            new IndexShape(384, Metric.COSINE),
            "@cf/baai/bge-base-en-v1.5",
            new IndexShape(768, Metric.COSINE),
            "@cf/baai/bge-large-en-v1.5",
            new IndexShape(1024, Metric.COSINE),
            "openai/text-embedding-ada-002",
            new IndexShape(1536, Metric.COSINE));

    private final Account account;
    private final OpenIndexes indexes;
    private final Storage storage;
    private final Clock clock;

    IndexApi(Account account, OpenIndexes indexes, Storage storage, Clock clock) {
        this.account = account;
        this.indexes = indexes;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(OpenIndexes.ALL, this::list),
                Route.post(OpenIndexes.ALL, this::create),
                Route.get(OpenIndexes.ONE, this::find),
                Route.delete(OpenIndexes.ONE, this::drop),
                Route.get(OpenIndexes.ONE + "/info", this::info));
    }

    private StreamReply list(Call call) {
        account.require(call.variable("account"));
        var shown = Json.array();
        OpenIndexes.INDEXES
                .of(() -> storage.vectorIndexes(call.grant()).indexes())
                .forEach(index -> shown.add(shown(index)));
        return Envelope.ok(shown);
    }

    private StreamReply create(Call call) {
        account.require(call.variable("account"));
        var fields = new Fields(call.json());
        if (fields.text("description").filter(text -> !text.isEmpty()).isPresent()) {
            throw Fields.invalid("description", "left out: it is not kept here");
        }
        var name = new IndexName(fields.required("name"));
        var shape = shape(new Fields(fields.any("config").orElseThrow(() -> Fields.invalid("config", "an object"))));
        var made =
                OpenIndexes.INDEXES.of(() -> storage.vectorIndexes(call.grant()).create(name, shape));
        tell(call, "create_vector_index", made);
        return Envelope.ok(shown(made));
    }

    private static IndexShape shape(Fields config) {
        var preset = config.text("preset");
        if (preset.isPresent()) {
            if (config.has("dimensions") || config.has("metric") || !PRESETS.containsKey(preset.get())) {
                throw Fields.invalid(
                        "preset",
                        "alone, and one of "
                                + String.join(
                                        ", ", PRESETS.keySet().stream().sorted().toList()));
            }
            return PRESETS.get(preset.get());
        }
        var dimensions = config.whole("dimensions").orElseThrow(() -> Fields.invalid("dimensions", "a whole number"));
        var metric = config.required("metric");
        return new IndexShape(
                Math.clamp(dimensions, Integer.MIN_VALUE, Integer.MAX_VALUE),
                Arrays.stream(Metric.values())
                        .filter(known -> known.text().equals(metric))
                        .findFirst()
                        .orElseThrow(() -> Fields.invalid("metric", "cosine, euclidean or dot-product")));
    }

    private StreamReply find(Call call) {
        return Envelope.ok(shown(indexes.require(call)));
    }

    private StreamReply drop(Call call) {
        var index = indexes.require(call);
        OpenIndexes.INDEXES.of(() -> storage.vectorIndexes(call.grant()).drop(index.id()));
        tell(call, "delete_vector_index", index);
        return Envelope.nothing();
    }

    /** Indexes lie beside the engine, so this follows the change and is not one with it. */
    private void tell(Call call, String operation, Index index) {
        var details = Json.object()
                .put("id", index.id().text())
                .put("name", index.name().text());
        var author = Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
        author.together(
                storage,
                unit -> author.tell(
                        unit, operation, AuditPlace.NONE, clock.instant(), new JsonText(details.toString())));
    }

    private StreamReply info(Call call) {
        var info = indexes.within(call, VectorIndex::describe);
        return Envelope.ok(shown(info));
    }

    private static ObjectNode shown(IndexInfo info) {
        return Json.object()
                .put("dimensions", info.index().shape().dimensions())
                .put("vectorCount", info.vectors())
                .put("processedUpToDatetime", Moments.text(info.processedAt()))
                .put("processedUpToMutation", VectorApi.text(info.processedUpToMutation()));
    }

    private static ObjectNode shown(Index index) {
        var json = Json.object()
                .put("name", index.name().text())
                .put("description", "")
                .put("created_on", Moments.text(index.created()))
                .put("modified_on", Moments.text(index.created()));
        json.putObject("config")
                .put("dimensions", index.shape().dimensions())
                .put("metric", index.shape().metric().text());
        return json;
    }
}
