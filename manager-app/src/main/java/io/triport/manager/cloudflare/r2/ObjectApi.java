package io.triport.manager.cloudflare.r2;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** Objects of buckets by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ObjectApi implements Routes {
    private static final String ALL = BucketApi.ONE + "/objects";
    private static final String ONE = ALL + "/{key...}";
    private static final int MOST = 1_000;

    private final BucketShelf shelf;
    private final Storage storage;

    ObjectApi(BucketShelf shelf, Storage storage) {
        this.shelf = shelf;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.get(ONE, this::read),
                Route.put(ONE, this::write),
                Route.delete(ONE, this::delete));
    }

    private StreamReply list(Call call) {
        var name = shelf.name(call);
        shelf.require(call.grant(), name, Action.OBJECT_LIST);
        var query = call.query();
        var asked = ObjectQuery.of(query.text("prefix").orElse(""))
                .rolledUpAt(query.text("delimiter").orElse(""))
                .limitedTo(query.number("per_page", 1, MOST, MOST))
                .from(start(query));
        var page = shelf.within(call.grant(), name, store -> store.list(asked));
        var shown = Json.array();
        var info = Json.object().put("per_page", asked.limit()).put("is_truncated", page instanceof ObjectPage.More);
        var prefixes = info.putArray("delimited");
        for (var entry : page.entries()) {
            switch (entry) {
                case Listed.Item item -> shown.add(ObjectShape.shown(item.info()));
                case Listed.CommonPrefix(var prefix) -> prefixes.add(prefix.toUtf8());
                case Listed.DeleteMarker marker ->
                    throw new IllegalStateException("entry: " + marker + " (expected: none without versions)");
            }
        }
        if (page instanceof ObjectPage.More(var entries, var next)) {
            info.put("cursor", next);
        }
        return Envelope.ok(shown, info);
    }

    private static ListStart start(Query query) {
        var cursor = query.text("cursor").filter(text -> !text.isEmpty());
        if (cursor.isPresent()) {
            return new ListStart.Resumed(cursor.get());
        }
        return query.text("start_after")
                .filter(text -> !text.isEmpty())
                .<ListStart>map(text -> new ListStart.After(Bytes.utf8(text), null))
                .orElseGet(ListStart.Beginning::new);
    }

    private StreamReply read(Call call) {
        var name = shelf.name(call);
        var key = ObjectKey.of(call.variable("key"));
        shelf.require(call.grant(), name, Action.OBJECT_GET);
        var headers = call.fetch().headers();
        var options = new ReadOptions(AskedObject.range(headers), AskedObject.conditions(headers));
        var outcome = shelf.within(call.grant(), name, store -> store.get(ObjectRef.current(key), options));
        return switch (outcome) {
            case GetOutcome.Found found -> ObjectShape.reply(found);
            case GetOutcome.NotModified(var info) -> StreamReply.of(304).with("ETag", ObjectShape.quoted(info));
            case GetOutcome.PreconditionFailed failed -> throw Problem.PRECONDITION_FAILED.refused();
            case GetOutcome.RangeRefused(var size) ->
                throw Problem.RANGE_REFUSED.refused().with("Content-Range", "bytes */" + size);
            case GetOutcome.Missing missing -> throw Problem.OBJECT_NOT_FOUND.refused();
            case GetOutcome.Deleted deleted -> throw Problem.OBJECT_NOT_FOUND.refused();
        };
    }

    private StreamReply write(Call call) {
        var name = shelf.name(call);
        var key = ObjectKey.of(call.variable("key"));
        var bucket = shelf.require(call.grant(), name, Action.OBJECT_PUT).value();
        var headers = call.fetch().headers();
        var options = new WriteOptions(
                AskedObject.fields(headers),
                UserMetadata.NONE,
                Tags.NONE,
                headers.only(BucketApi.STORAGE_CLASS).map(Bucket::named).orElse(bucket.objects()),
                Conditions.NONE,
                List.of());
        var outcome = shelf.within(call.grant(), name, store -> store.put(key, call.content(), options));
        if (!(outcome instanceof PutOutcome.Stored(var info))) {
            throw Problem.OBJECT_CONFLICT.refused();
        }
        // No unit reaches the objects, and to write the same again changes nothing.
        call.effect().note(storage);
        return Envelope.ok(ObjectShape.written(info));
    }

    /** Also of one that is not there: it is gone either way. */
    private StreamReply delete(Call call) {
        var name = shelf.name(call);
        var key = ObjectKey.of(call.variable("key"));
        shelf.require(call.grant(), name, Action.OBJECT_DELETE);
        var outcome = shelf.within(
                        call.grant(), name, store -> store.delete(List.of(ObjectRef.current(key)), Conditions.NONE))
                .getFirst();
        ObjectShape.requireGone(outcome);
        call.effect().note(storage);
        return Envelope.ok(Json.object().put("key", key.text()));
    }
}
