package io.triport.manager.cloudflare.vectorize;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.VectorIndex;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What filters may ask for, by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class MetadataIndexApi implements Routes {
    private static final String ALL = OpenIndexes.ONE + "/metadata_index";

    private final OpenIndexes indexes;
    private final Storage storage;

    MetadataIndexApi(OpenIndexes indexes, Storage storage) {
        this.indexes = indexes;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL + "/list", this::list),
                Route.post(ALL + "/create", this::create),
                Route.post(ALL + "/delete", this::delete));
    }

    private StreamReply list(Call call) {
        var result = Json.object();
        var shown = result.putArray("metadataIndexes");
        indexes.within(call, VectorIndex::describe)
                .metadata()
                .forEach(field -> shown.addObject()
                        .put("propertyName", field.name().text())
                        .put("indexType", text(field.type())));
        return Envelope.ok(result);
    }

    private StreamReply create(Call call) {
        var fields = new Fields(call.json());
        var type = fields.required("indexType");
        var field = MetadataField.of(
                fields.required("propertyName"),
                Arrays.stream(MetadataField.Type.values())
                        .filter(known -> text(known).equals(type))
                        .findFirst()
                        .orElseThrow(() -> Fields.invalid("indexType", "string, number or boolean")));
        var mutation = indexes.within(call, index -> {
            index.indexMetadata(field);
            return index.describe().processedUpToMutation();
        });
        call.effect().note(storage);
        return Envelope.ok(VectorApi.mutated(mutation));
    }

    private StreamReply delete(Call call) {
        var property = new PropertyName(new Fields(call.json()).required("propertyName"));
        var mutation = indexes.within(call, index -> {
            if (!index.forgetMetadata(property)) {
                throw Problem.PROPERTY_NOT_FOUND.refused();
            }
            return index.describe().processedUpToMutation();
        });
        call.effect().note(storage);
        return Envelope.ok(VectorApi.mutated(mutation));
    }

    private static String text(MetadataField.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
