package io.triport.domain.storage;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.WatchedContent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sees to it that every call of one view ends in its time, and tells the log of it, whatever its end. */
record CallTimer(StoragePort port, String adapter, String resource, Bytes key, Grant grant, Storage.Means means) {
    /** Where a call is about no key, or about several. */
    static final Bytes NO_KEY = Bytes.EMPTY;

    CallTimer(StoragePort port, String adapter, String resource, Grant grant, Storage.Means means) {
        this(port, adapter, resource, NO_KEY, grant, means);
    }

    /** The same for calls about one container, where a view has several. */
    CallTimer on(String container) {
        return new CallTimer(port, adapter, container, key, grant, means);
    }

    /** The same for calls about one key. */
    CallTimer about(Bytes one) {
        return new CallTimer(port, adapter, resource, one, grant, means);
    }

    /** A call that changes nothing. @param found names what the answer tells, such as {@code found=true} */
    <R> R read(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return time(operation, CallDeadlines.Effect.READS, running -> call.get(), found);
    }

    /** A call that may change something. */
    <R> R change(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return time(operation, CallDeadlines.Effect.CHANGES, running -> call.get(), found);
    }

    /** A call that takes a body with it, whose bytes may take as long as they move. */
    <R> R carry(String operation, Content body, Function<Content, R> call, Function<R, StorageCall.Done> found) {
        return carry(operation, body, call, found, 0);
    }

    /** The same for a store that works on the whole body when it has come. */
    <R> R carryPatiently(
            String operation, Content body, Function<Content, R> call, Function<R, StorageCall.Done> found) {
        return carry(operation, body, call, found, ObjectLimits.PUT_BYTES);
    }

    private <R> R carry(
            String operation,
            Content body,
            Function<Content, R> call,
            Function<R, StorageCall.Done> found,
            long besides) {
        var given = new AtomicBoolean();
        try {
            return time(
                    operation,
                    CallDeadlines.Effect.CHANGES,
                    running -> {
                        given.set(true);
                        running.moving(besides);
                        return call.apply(new WatchedContent(body, running));
                    },
                    found);
        } finally {
            if (!given.get()) {
                body.close();
            }
        }
    }

    /** A call in which the store goes through all that it has, which may be much. */
    <R> R readPatiently(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return time(operation, CallDeadlines.Effect.READS, running -> patiently(running, call), found);
    }

    /** A call in which the store copies, joins or indexes what it has. */
    <R> R changePatiently(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return time(operation, CallDeadlines.Effect.CHANGES, running -> patiently(running, call), found);
    }

    private <R> R patiently(RunningCall running, Supplier<R> call) {
        running.moving(ObjectLimits.PUT_BYTES);
        var answer = call.get();
        grant.storeWait().moved();
        return answer;
    }

    /** The request has become a connection that stays open. */
    void staysOpen() {
        grant.storeWait().callByCall();
    }

    /** The same for calls that belong to another one, which is told to the log. */
    CallTimer untold() {
        return new CallTimer(port, adapter, resource, key, grant, means.untold());
    }

    /** The bytes of an answer, which move when its reader likes. */
    Content opened(Content body) {
        return new WatchedContent(body, size -> grant.storeWait().moved());
    }

    private <R> R time(
            String operation,
            CallDeadlines.Effect effect,
            Function<RunningCall, R> call,
            Function<R, StorageCall.Done> found) {
        var start = means.ticker().nanos();
        try {
            var answer = means.deadlines().within(grant.storeWait(), start, effect, call);
            tell(operation, found.apply(answer), start);
            return answer;
        } catch (StorageFailure e) {
            tell(operation, new StorageCall.Failed(e.code()), start);
            throw e;
        }
    }

    private void tell(String operation, StorageCall.Result result, long start) {
        var took = Duration.ofNanos(means.ticker().nanos() - start);
        var hash = key.isEmpty() || !means.log().wantsKeys(grant.request()) ? KeyHash.NONE : KeyHash.of(key);
        means.log().called(new StorageCall(grant.request(), port, adapter, operation, resource, hash, result, took));
    }
}
