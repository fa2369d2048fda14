package io.triport.kv.remote;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.Staleness;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Method;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.QueryString;
import io.triport.identity.handler.Reply;
import io.triport.identity.socket.OnSocket;
import io.triport.identity.stream.ObjectTalk;
import io.triport.identity.stream.SocketTalk;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Durable objects over HTTP. A request is an event, whose operation is its method and the rest of its address; what only reads
 * (RFC 9110 section 9.2.1) may not write.
 */
final class DurableCalls {
    private static final String OBJECT = "/zin/do/{namespace}/{object}/{path...}";
    private static final String BYTES = "application/octet-stream";
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{64}");

    /** Before answers that are kept for equal calls, so that none is taken for a note about a call. */
    private static final Bytes ANSWER = Bytes.utf8("=");

    private DurableCalls() {}

    static List<OnFetch> all() {
        var all = new ArrayList<OnFetch>();
        all.add(RemoteCall.post("/zin/do/{namespace}/ids", "do.read", DurableCalls::id));
        all.add(RemoteCall.on(Method.GET, OBJECT, "do.read", DurableCalls::read));
        for (var method : List.of(Method.POST, Method.PUT, new Method("PATCH"), Method.DELETE)) {
            all.add(RemoteCall.on(method, OBJECT, "do.turn", DurableCalls::turn));
        }
        return all;
    }

    /** @param hidden parameters of the query that the object is not told */
    static List<OnSocket> sockets(Set<String> hidden) {
        return List.of(RemoteCall.onSocket(OBJECT, "do.turn", (call, holds) -> connected(call, hidden, holds)));
    }

    private static SocketTalk connected(RemoteCall call, Set<String> hidden, BooleanSupplier holds) {
        var objects = objects(call);
        return ObjectTalk.connect(objects, object(call, objects), event(call, hidden), ObjectTalk.Terms.usual(holds))
                .orElseThrow(() -> RemoteRefused.of(FailureCode.DENIED, "The object does not take the connection"));
    }

    /** That of a name, or one that nobody has. */
    private static FetchReply id(RemoteCall call) {
        var objects = objects(call);
        var name = call.body().optionalText("name");
        var id = name.isPresent() ? objects.named(ObjectName.of(name.get())) : objects.fresh();
        return RemoteCall.json(new JsonWriter()
                .beginObject()
                .name("id")
                .text(id.toString())
                .endObject()
                .bytes());
    }

    private static FetchReply read(RemoteCall call) {
        var objects = objects(call);
        return answer(
                objects.read(object(call, objects), event(call), Staleness.NONE).body());
    }

    private static FetchReply turn(RemoteCall call) {
        var objects = objects(call);
        var object = object(call, objects);
        var event = event(call);
        var answer =
                call.onceApart(() -> ANSWER.concat(objects.inTurn(object, event).body()));
        return answer(answer.slice(ANSWER.size(), answer.size()));
    }

    private static ObjectEvent event(RemoteCall call) {
        return event(call, Set.of());
    }

    private static ObjectEvent event(RemoteCall call, Set<String> hidden) {
        // A HEAD is a GET of which nobody sends the body (RFC 9110 section 9.3.2).
        var sent = call.request().method();
        var method = sent.equals(Method.HEAD) ? Method.GET : sent;
        var search = QueryString.without(call.request().target().search(), hidden);
        var operation = method + " /" + call.variable("path") + search;
        return new ObjectEvent(operation, call.routed().body());
    }

    private static ObjectId object(RemoteCall call, DurableObjects objects) {
        var text = call.variable("object");
        return ID.matcher(text).matches() ? objects.parse(text) : objects.named(ObjectName.of(text));
    }

    private static DurableObjects objects(RemoteCall call) {
        var type = RemoteBody.named(
                call.variable("namespace"), "namespace", ObjectClass::new, "a name of a class of objects");
        return call.storage().durableObjects(call.grant(), type);
    }

    private static Reply answer(Bytes body) {
        return new Reply(200, BYTES, body, KvError.HEADERS);
    }
}
