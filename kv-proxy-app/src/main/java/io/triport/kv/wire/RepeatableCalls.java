package io.triport.kv.wire;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.Storage;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls with an {@code Idempotency-Key} have one effect however often they come; those without run as they are. */
@Singleton
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
public final class RepeatableCalls {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final String HEADER = "idempotency-key";

    /** What is noted of a call apart before it is done; no answer, which is JSON. */
    private static final Bytes BEGUN = Bytes.utf8("begun");

    /** What is noted of a call apart whose answer is too long to be kept. */
    private static final Bytes DONE = Bytes.utf8("done");

    private static final int LONGEST_KEPT = 1_048_576;

    /** What is noted of a call apart that had no effect. */
    private static final Bytes AGAIN = Bytes.utf8("again");

    private final Storage storage;

    public RepeatableCalls(Storage storage) {
        this.storage = storage;
    }

    /**
     * The same for effects that cannot commit with a unit, because they lie on another engine. That the call has begun is noted before
     * and its answer after; in between nobody knows whether it has happened.
     *
     * @throws RemoteRefused OUTCOME_UNKNOWN while an equal call is under way, or after one whose end nobody noted; TOO_LARGE after
     *     one that answered with more than a mebibyte
     */
    public Bytes runApart(Grant grant, Fetch request, Supplier<Bytes> effect) {
        var named = call(grant, request);
        if (named.isEmpty()) {
            return effect.get();
        }
        var call = named.get();
        var before = storage.together(grant, unit -> begun(unit.idempotency(grant), call));
        if (before.isPresent()) {
            return before.get();
        }
        var answer = begin(grant, call, effect);
        try {
            note(grant, call, answer.size() > LONGEST_KEPT ? DONE : answer);
        } catch (StorageFailure e) {
            // It is done all the same; an equal call will hear that nobody knows.
            LOG.warn("answer not noted code={}", e.code());
        }
        return answer;
    }

    /** Takes the note back where it is certain that nothing has happened. */
    private Bytes begin(Grant grant, IdempotentCall call, Supplier<Bytes> effect) {
        try {
            return effect.get();
        } catch (StorageFailure e) {
            if (e.code().retry() != FailureCode.Retry.UNKNOWN) {
                note(grant, call, AGAIN);
            }
            throw e;
        } catch (RemoteRefused e) {
            if (!e.unknown()) {
                note(grant, call, AGAIN);
            }
            throw e;
        } catch (KvRefused | InvalidInput e) {
            note(grant, call, AGAIN);
            throw e;
        }
    }

    private void note(Grant grant, IdempotentCall call, Bytes answer) {
        storage.together(grant, unit -> {
            unit.idempotency(grant).remember(call, answer);
            return answer;
        });
    }

    /** The answer of an equal call before; empty for one that is to be done, which is noted. */
    private static Optional<Bytes> begun(IdempotencyLedger ledger, IdempotentCall call) {
        return switch (ledger.claim(call)) {
            case IdempotencyClaim.Repeated(var answer)
            when answer.equals(BEGUN) ->
                throw RemoteRefused.unknownOutcome(
                        "A call with this Idempotency-Key has begun, and nobody knows its end");
            case IdempotencyClaim.Repeated(var answer)
            when answer.equals(DONE) ->
                throw RemoteRefused.of(FailureCode.TOO_LARGE, "The call was done; its answer was too long to be kept");
            case IdempotencyClaim.Repeated(var answer) when !answer.equals(AGAIN) -> Optional.of(answer);
            case IdempotencyClaim.Differs differs -> throw KvRefused.conflict();
            default -> {
                ledger.remember(call, BEGUN);
                yield Optional.empty();
            }
        };
    }

    /** @param effect writes through the storage that it is given, and says what to answer */
    public Bytes run(Grant grant, Fetch request, Function<Storage, Bytes> effect) {
        return call(grant, request)
                .map(call -> storage.together(grant, unit -> once(grant, call, unit, effect)))
                .orElseGet(() -> effect.apply(storage));
    }

    private static Optional<IdempotentCall> call(Grant grant, Fetch request) {
        var keys = request.headers().all(HEADER);
        if (keys.size() > 1) {
            throw KvRefused.invalid("Idempotency-Key must occur once");
        }
        return keys.stream()
                .findFirst()
                .map(key -> new IdempotentCall(
                        grant.principal().id().unique(),
                        operation(request),
                        key,
                        Sha256.of(request.body().buffered())));
    }

    /** What is called: of a POST its address, else the method too, since another one there is another call. */
    private static String operation(Fetch request) {
        var target = request.target().toString();
        return request.method().equals(Method.POST) ? target : request.method() + " " + target;
    }

    private static Bytes once(Grant grant, IdempotentCall call, Storage unit, Function<Storage, Bytes> effect) {
        var ledger = unit.idempotency(grant);
        return switch (ledger.claim(call)) {
            case IdempotencyClaim.First first -> {
                var answer = effect.apply(unit);
                ledger.remember(call, answer);
                yield answer;
            }
            case IdempotencyClaim.Repeated repeated -> repeated.answer();
            case IdempotencyClaim.Differs differs -> throw KvRefused.conflict();
        };
    }
}
