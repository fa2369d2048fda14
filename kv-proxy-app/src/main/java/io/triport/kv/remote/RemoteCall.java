package io.triport.kv.remote;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.storage.Storage;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.PathPattern;
import io.triport.identity.handler.Reply;
import io.triport.identity.handler.RoutedFetch;
import io.triport.identity.socket.OnSocket;
import io.triport.identity.stream.SocketTalk;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import io.triport.kv.wire.RepeatableCalls;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A request for a port whose sender is known, as the work on it sees it. */
record RemoteCall(RoutedFetch routed, Grant grant, Storage storage) {
    private static final List<MechanismName> SIGNED = List.of(new MechanismName("hmac"));

    /** What answers a call. What it and the stores throw is worded for the caller. */
    @FunctionalInterface
    interface Work {
        FetchReply on(RemoteCall call);
    }

    static OnFetch post(String path, String scope, Work work) {
        return on(Method.POST, path, scope, work);
    }

    static OnFetch on(Method method, String path, String scope, Work work) {
        return new OnFetch(
                method,
                PathPattern.of(path),
                SIGNED,
                Set.of(new Scope(scope)),
                (routed, grant, storage) ->
                        RemoteRefused.wording(() -> worked(work::on, new RemoteCall(routed, grant, storage))));
    }

    /** What takes a client that wishes for a WebSocket. */
    @FunctionalInterface
    interface Connecting {
        /** @param holds whether the grant of the call is still good */
        SocketTalk on(RemoteCall call, BooleanSupplier holds);
    }

    static OnSocket onSocket(String path, String scope, Connecting work) {
        return new OnSocket(
                PathPattern.of(path),
                SIGNED,
                Set.of(new Scope(scope)),
                (routed, grant, storage, holds) -> RemoteRefused.wording(
                        () -> worked(call -> work.on(call, holds), new RemoteCall(routed, grant, storage))));
    }

    private static <T> T worked(Function<RemoteCall, T> work, RemoteCall call) {
        try {
            return work.apply(call);
        } catch (InvalidInput e) {
            throw RemoteBody.wrong(e.field(), e.expectation());
        }
    }

    Fetch request() {
        return routed.fetch();
    }

    /** A part of the path, decoded. */
    String variable(String name) {
        return routed.variable(name);
    }

    RemoteBody body() {
        return RemoteBody.of(routed.body());
    }

    /** An effect on the engine, which commits together with the note of the call where it has an {@code Idempotency-Key}. */
    Bytes once(Function<Storage, Bytes> effect) {
        return new RepeatableCalls(storage).run(grant, request(), effect);
    }

    /** An effect beside the engine. @see RepeatableCalls#runApart */
    Bytes onceApart(Supplier<Bytes> effect) {
        return new RepeatableCalls(storage).runApart(grant, request(), effect);
    }

    static Reply json(Bytes json) {
        return new Reply(200, KvError.JSON, json, KvError.HEADERS);
    }
}
