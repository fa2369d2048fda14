package io.triport.kv.remote;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorNamespace;
import io.triport.domain.vector.VectorPage;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorQuery.Returned;
import io.triport.domain.vector.VectorValues;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.OnFetch;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Vector indexes over HTTP. Numbers of metadata keep their digits. */
final class VectorCalls {
    private static final int USUAL_MATCHES = 5;
    private static final int MOST_LISTED = 1_000;

    private VectorCalls() {}

    static List<OnFetch> all() {
        return List.of(
                write("insert", (index, body) -> index.insert(vectors(body))),
                write("upsert", (index, body) -> index.upsert(vectors(body))),
                write("delete", (index, body) -> index.delete(ids(body))),
                RemoteCall.post("/zin/vector/{index}/get", "vector.query", VectorCalls::get),
                RemoteCall.post("/zin/vector/{index}/query", "vector.query", VectorCalls::nearest),
                RemoteCall.post("/zin/vector/{index}/list", "vector.query", VectorCalls::list));
    }

    private static OnFetch write(String operation, BiFunction<VectorIndex, RemoteBody, Mutation> change) {
        return RemoteCall.post("/zin/vector/{index}/" + operation, "vector.write", call -> {
            var body = call.body();
            var index = index(call);
            return RemoteCall.json(call.onceApart(() -> changed(change.apply(index, body))));
        });
    }

    private static Bytes changed(Mutation mutation) {
        var json = new JsonWriter().beginObject();
        json.name("mutationId").text(Long.toString(mutation.id().number()));
        json.name("count").number(mutation.changed());
        return json.endObject().bytes();
    }

    private static FetchReply get(RemoteCall call) {
        var found = index(call).get(ids(call.body()));
        var json = new JsonWriter().beginObject().name("vectors").beginArray();
        for (var vector : found) {
            json.beginObject();
            about(json, vector);
            json.endObject();
        }
        return RemoteCall.json(json.endArray().endObject().bytes());
    }

    private static FetchReply nearest(RemoteCall call) {
        var matches = index(call).nearest(query(call.body()));
        var json = new JsonWriter().beginObject().name("count").number(matches.size());
        json.name("matches").beginArray();
        matches.forEach(match -> match(json, match));
        return RemoteCall.json(json.endArray().endObject().bytes());
    }

    private static FetchReply list(RemoteCall call) {
        var body = call.body();
        var first = VectorListing.first(body.whole("limit", MOST_LISTED, MOST_LISTED));
        var page = index(call)
                .list(body.optionalText("cursor")
                        .map(text -> first.at(new Cursor(text)))
                        .orElse(first));
        var json = new JsonWriter().beginObject().name("ids").beginArray();
        page.ids().forEach(id -> json.text(id.text()));
        json.endArray();
        switch (page) {
            case VectorPage.More(var ids, var next) ->
                json.name("cursor").text(next.text()).name("complete").truth(false);
            case VectorPage.Last last -> json.name("complete").truth(true);
        }
        return RemoteCall.json(json.endObject().bytes());
    }

    private static VectorQuery query(RemoteBody body) {
        var id = body.optionalText("id");
        if (id.isPresent() == body.present("vector").isPresent()) {
            throw RemoteBody.wrong("vector", "there, or id in its place");
        }
        var values = body.truth("returnValues").orElse(false) ? Returned.Values.WHOLE : Returned.Values.LEFT_OUT;
        return new VectorQuery(
                id.<VectorQuery.Target>map(text -> new VectorQuery.Target.Stored(VectorId.of(text)))
                        .orElseGet(() -> new VectorQuery.Target.Values(values(body.list("vector"), "vector"))),
                body.whole("topK", USUAL_MATCHES, Integer.MAX_VALUE),
                body.optionalText("namespace")
                        .<VectorQuery.Where>map(text -> new VectorQuery.Where.Within(VectorNamespace.of(text)))
                        .orElse(VectorQuery.Where.EVERYWHERE),
                body.present("filter")
                        .map(json -> VectorFilter.parse(text(json)))
                        .orElse(VectorFilter.NONE),
                new Returned(values, metadata(body)));
    }

    private static Returned.Metadata metadata(RemoteBody body) {
        return switch (body.optionalText("returnMetadata").orElse("none")) {
            case "none" -> Returned.Metadata.NONE;
            case "indexed" -> Returned.Metadata.INDEXED;
            case "all" -> Returned.Metadata.ALL;
            default -> throw RemoteBody.wrong("returnMetadata", "none, indexed or all");
        };
    }

    private static List<Vector> vectors(RemoteBody body) {
        return body.list("vectors").stream()
                .map(json -> vector(RemoteBody.of(json, "A vector")))
                .toList();
    }

    private static Vector vector(RemoteBody body) {
        return new Vector(
                VectorId.of(body.text("id")),
                body.optionalText("namespace").map(VectorNamespace::of).orElse(VectorNamespace.NONE),
                values(body.list("values"), "values"),
                body.present("metadata")
                        .map(json -> new VectorMetadata(text(json)))
                        .orElse(VectorMetadata.NONE));
    }

    private static VectorValues values(List<Json> items, String name) {
        var values = new float[items.size()];
        for (var at = 0; at < values.length; at++) {
            if (!(items.get(at) instanceof Json.Numeral(var digits))) {
                throw RemoteBody.wrong(name, "an array of numbers");
            }
            values[at] = Float.parseFloat(digits);
        }
        return VectorValues.of(values);
    }

    private static Set<VectorId> ids(RemoteBody body) {
        var ids = new HashSet<VectorId>();
        for (var json : body.list("ids")) {
            if (!(json instanceof Json.Text(var text))) {
                throw RemoteBody.wrong("ids", "an array of texts");
            }
            ids.add(VectorId.of(text));
        }
        return ids;
    }

    private static String text(Json json) {
        return new JsonWriter().value(json).bytes().toUtf8();
    }

    private static void match(JsonWriter json, Match match) {
        json.beginObject();
        about(json, match.vector());
        json.name("score").value(new Json.Numeral(Double.toString(match.score())));
        json.endObject();
    }

    private static void about(JsonWriter json, Vector vector) {
        json.name("id").text(vector.id().text());
        if (!vector.namespace().equals(VectorNamespace.NONE)) {
            json.name("namespace").text(vector.namespace().text());
        }
        var values = vector.values();
        if (!values.equals(VectorValues.NONE)) {
            json.name("values").beginArray();
            for (var at = 0; at < values.dimensions(); at++) {
                // As short as the number is one of 32 bits.
                json.value(new Json.Numeral(Float.toString(values.at(at))));
            }
            json.endArray();
        }
        if (!vector.metadata().isNone()) {
            json.name("metadata").json(Bytes.utf8(vector.metadata().json()));
        }
    }

    private static VectorIndex index(RemoteCall call) {
        var name = RemoteBody.named(call.variable("index"), "index", IndexName::new, "a name of an index");
        return call.storage().vectors(call.grant(), name);
    }
}
