package io.triport.kv.remote;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Method;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.FlowingReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.Reply;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import io.triport.kv.wire.RemoteRefused.Unheld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Objects over HTTP: what comes is held in memory, since its signature covers it; what goes flows. */
final class ObjectCalls {
    private static final String OBJECT = "/zin/object/{bucket}/{key...}";
    private static final int NOT_MODIFIED = 304;
    private static final ByteSize SHORT = ByteSize.ofKiB(64);

    private ObjectCalls() {}

    static List<OnFetch> all() {
        return List.of(
                RemoteCall.on(Method.GET, OBJECT, "object.get", ObjectCalls::get),
                RemoteCall.on(Method.HEAD, OBJECT, "object.head", ObjectCalls::head),
                RemoteCall.on(Method.PUT, OBJECT, "object.put", ObjectCalls::put),
                RemoteCall.on(Method.DELETE, OBJECT, "object.delete", ObjectCalls::delete),
                RemoteCall.post("/zin/object/{bucket}/list", "object.list", ObjectCalls::list));
    }

    private static FetchReply get(RemoteCall call) {
        var headers = call.request().headers();
        var range = ObjectFields.range(headers);
        var options = new ReadOptions(range, ObjectFields.conditions(headers));
        return switch (store(call).get(object(call), options)) {
            case GetOutcome.Found found when range == null -> whole(200, found, ObjectAnswer.headers(found.info()));
            case GetOutcome.Found found -> whole(206, found, partial(found));
            case GetOutcome.NotModified(var info) -> bare(NOT_MODIFIED, info, ObjectAnswer.headers(info));
            case GetOutcome.PreconditionFailed failed -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
            case GetOutcome.Missing missing -> throw missing();
            case GetOutcome.Deleted deleted -> throw missing();
            case GetOutcome.RangeRefused refused -> throw RemoteRefused.of(Unheld.RANGE_INVALID);
        };
    }

    /** What is short is read before it is answered, so that what is wrong with it can still be said. */
    private static FetchReply whole(int status, GetOutcome.Found found, Map<String, String> headers) {
        var type = ObjectAnswer.type(found.info());
        return found.slice().length() > SHORT.bytes()
                ? new FlowingReply(status, type, found.content(), headers)
                : new Reply(status, type, ContentReader.whole(found.content(), SHORT), headers);
    }

    private static FetchReply head(RemoteCall call) {
        var conditions = ObjectFields.conditions(call.request().headers());
        return switch (store(call).head(object(call))) {
            case HeadOutcome.Found(var info) ->
                switch (conditions.judge(info.etag(), info.modified())) {
                    case PASSES ->
                        bare(200, info, with(ObjectAnswer.headers(info), "Content-Length", Long.toString(info.size())));
                    case NOT_MODIFIED -> bare(NOT_MODIFIED, info, ObjectAnswer.headers(info));
                    case FAILED -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
                };
            case HeadOutcome.Missing missing -> throw missing();
            case HeadOutcome.Deleted deleted -> throw missing();
        };
    }

    private static FetchReply put(RemoteCall call) {
        var store = store(call);
        var key = key(call);
        var options = ObjectFields.write(call.request().headers());
        return RemoteCall.json(call.onceApart(
                () -> stored(store.put(key, Content.of(call.request().body().buffered()), options))));
    }

    private static Bytes stored(PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Stored(var info) -> ObjectAnswer.stored(info);
            case PutOutcome.PreconditionFailed failed -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
            case PutOutcome.Missing missing -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
            case PutOutcome.Conflict conflict ->
                throw RemoteRefused.of(FailureCode.CONFLICT, "Another write of the object came between");
            case PutOutcome.ChecksumMismatch mismatch -> throw RemoteRefused.of(Unheld.CHECKSUM_MISMATCH);
        };
    }

    /** One that is not there is deleted. */
    private static FetchReply delete(RemoteCall call) {
        var store = store(call);
        var object = object(call);
        var conditions = ObjectFields.conditions(call.request().headers());
        return RemoteCall.json(call.onceApart(
                () -> deleted(store.delete(List.of(object), conditions).getFirst())));
    }

    private static Bytes deleted(DeleteOutcome outcome) {
        return switch (outcome) {
            case DeleteOutcome.Deleted deleted -> KvError.ok();
            case DeleteOutcome.PreconditionFailed failed -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
            case DeleteOutcome.Missing missing -> throw RemoteRefused.of(Unheld.PRECONDITION_FAILED);
            case DeleteOutcome.Denied denied ->
                throw RemoteRefused.of(FailureCode.DENIED, "The key may not delete this object");
            case DeleteOutcome.Failed failed -> throw RemoteRefused.unknownOutcome("It may have been deleted, or not");
        };
    }

    private static FetchReply list(RemoteCall call) {
        var body = call.body();
        var query = ObjectQuery.of(body.optionalText("prefix").orElse(""))
                .rolledUpAt(body.optionalText("delimiter").orElse(""))
                .limitedTo(body.whole("limit", ObjectLimits.LIST_LIMIT, ObjectLimits.LIST_LIMIT));
        var from = body.optionalText("cursor")
                .<ListStart>map(ListStart.Resumed::new)
                .orElseGet(ListStart.Beginning::new);
        return RemoteCall.json(ObjectAnswer.page(store(call).list(query.from(from)), body.list("include")));
    }

    private static Map<String, String> partial(GetOutcome.Found found) {
        var first = found.slice().offset();
        var last = first + found.slice().length() - 1;
        var range = "bytes " + first + "-" + last + "/" + found.info().size();
        return with(ObjectAnswer.headers(found.info()), "Content-Range", range);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }

    private static Reply bare(int status, ObjectInfo info, Map<String, String> headers) {
        return new Reply(status, ObjectAnswer.type(info), Bytes.EMPTY, headers);
    }

    private static RemoteRefused missing() {
        return RemoteRefused.of(FailureCode.NOT_FOUND, "There is no such object");
    }

    private static ObjectStore store(RemoteCall call) {
        var bucket = RemoteBody.named(call.variable("bucket"), "bucket", BucketName::new, "a name of a bucket");
        return call.storage().objects(call.grant(), bucket);
    }

    private static ObjectRef object(RemoteCall call) {
        return ObjectRef.current(key(call));
    }

    private static ObjectKey key(RemoteCall call) {
        var text = call.variable("key");
        if (Bytes.utf8(text).size() > ObjectKey.MOST_BYTES) {
            throw RemoteRefused.of(FailureCode.KEY_TOO_LONG, "The name is longer than 1024 bytes");
        }
        return ObjectKey.of(text);
    }
}
