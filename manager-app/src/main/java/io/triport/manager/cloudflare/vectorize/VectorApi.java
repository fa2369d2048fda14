package io.triport.manager.cloudflare.vectorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.cursor.Cursor;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorBatch;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorPage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What is in vector indexes, by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class VectorApi implements Routes {
    private static final int USUAL_LISTED = 100;
    private static final int MOST_LISTED = 1_000;

    /** Bytes of a value as JSON has it, in a tree and as bytes. */
    private static final long VALUE_BYTES = 48;

    private final OpenIndexes indexes;
    private final Storage storage;

    VectorApi(OpenIndexes indexes, Storage storage) {
        this.indexes = indexes;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(OpenIndexes.ONE + "/insert", call -> write(call, VectorIndex::insert)),
                Route.post(OpenIndexes.ONE + "/upsert", call -> write(call, VectorIndex::upsert)),
                Route.post(OpenIndexes.ONE + "/query", this::query),
                Route.post(OpenIndexes.ONE + "/get_by_ids", this::read),
                Route.post(OpenIndexes.ONE + "/delete_by_ids", this::delete),
                Route.get(OpenIndexes.ONE + "/list", this::list));
    }

    /** As many as the port takes at once, one batch behind the other: what a call that failed has written may be written again. */
    private StreamReply write(Call call, BiFunction<VectorIndex, List<Vector>, Mutation> writing) {
        indexes.name(call);
        var vectors = SentVectors.of(call);
        var last = indexes.within(call, vectors.stream().map(Vector::values).toList(), index -> {
            var mutation = index.describe().processedUpToMutation();
            for (var from = 0; from < vectors.size(); from += VectorBatch.MOST) {
                var batch = vectors.subList(from, Math.min(vectors.size(), from + VectorBatch.MOST));
                mutation = writing.apply(index, batch).id();
            }
            return mutation;
        });
        // No unit reaches an index, and to write the same again changes nothing.
        call.effect().note(storage);
        return Envelope.ok(mutated(last));
    }

    private StreamReply query(Call call) {
        var asked = AskedVectors.of(call.json());
        var matches = indexes.within(call, List.of(asked.values()), index -> index.nearest(asked.query()));
        var result = Json.object().put("count", matches.size());
        var shown = result.putArray("matches");
        matches.forEach(match -> shown.add(SentVectors.shown(match.vector()).put("score", match.score())));
        return Envelope.ok(result);
    }

    private StreamReply read(Call call) {
        var ids = ids(call);
        call.hold(ids.size() * VALUE_BYTES * indexes.require(call).shape().dimensions());
        var shown = Json.array();
        indexes.within(call, index -> index.get(ids)).forEach(vector -> shown.add(SentVectors.shown(vector)));
        return Envelope.ok(shown);
    }

    private StreamReply delete(Call call) {
        var ids = ids(call);
        var mutation = indexes.within(call, index -> index.delete(ids));
        call.effect().note(storage);
        return Envelope.ok(mutated(mutation.id()));
    }

    private static Set<VectorId> ids(Call call) {
        var ids = new LinkedHashSet<VectorId>();
        new Fields(call.json()).texts("ids").forEach(id -> ids.add(VectorId.of(id)));
        if (ids.isEmpty() || ids.size() > VectorBatch.MOST) {
            throw Fields.invalid("ids", "a list of 1 to " + VectorBatch.MOST + " texts");
        }
        return ids;
    }

    private StreamReply list(Call call) {
        var query = call.query();
        var first = VectorListing.first(query.number("count", 1, MOST_LISTED, USUAL_LISTED));
        var cursor = query.text("cursor").filter(text -> !text.isEmpty());
        var listing = cursor.map(text -> first.at(new Cursor(text))).orElse(first);
        return indexes.within(call, index -> {
            var page = index.list(listing);
            var result = Json.object()
                    .put("count", page.ids().size())
                    .put("isTruncated", page instanceof VectorPage.More)
                    .put("totalCount", index.describe().vectors());
            if (page instanceof VectorPage.More(var ids, var next)) {
                result.put("nextCursor", next.text());
            }
            var shown = result.putArray("vectors");
            page.ids().forEach(id -> shown.addObject().put("id", id.text()));
            return Envelope.ok(result);
        });
    }

    static ObjectNode mutated(MutationId mutation) {
        return Json.object().put("mutationId", text(mutation));
    }

    static String text(MutationId mutation) {
        return Long.toString(mutation.number());
    }
}
