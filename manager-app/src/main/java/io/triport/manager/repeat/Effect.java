package io.triport.manager.repeat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes. Every write for a caller goes through one, so that a call that he has named with an {@code Idempotency-Key}
 * is done once: its first unit commits together with the note that it was done. For the one thread that answers the request.
 */
public final class Effect {
    /*
     * Once
     *
     * A unit may be run twice by its engine, and may fail: so the call counts as noted only when the unit has committed. What a
     * request writes after that is part of the same call and is not asked for again. The note is written last in its unit, because
     * on a full disk a delete has to make room for it.
     *
     * The note says nothing of the answer, which is made after the commit. Repeats puts the answer in its place.
     */
    private final Grant grant;
    private final @Nullable NamedCall named;
    private @Nullable IdempotentCall noted;
    private boolean secret;

    /** @param named null for a call without a name */
    public Effect(Grant grant, @Nullable NamedCall named) {
        this.grant = grant;
        this.named = named;
    }

    /** Of something that no caller repeats, such as a job. */
    public static Effect unnamed(Grant grant) {
        return new Effect(grant, null);
    }

    public Grant grant() {
        return grant;
    }

    /**
     * Writes as one, as {@link Storage#together} does, unless the call was done before.
     *
     * @throws io.triport.manager.answer.Refused VERSION_CONFLICT where the name was used for another call
     */
    public <R> R together(Storage storage, Function<Storage, R> unit) {
        return together(storage, KeptAnswer.NONE_YET, unit);
    }

    private <R> R together(Storage storage, Bytes note, Function<Storage, R> unit) {
        if (named == null || noted != null) {
            return storage.together(grant, unit);
        }
        var call = named.asRead();
        var done = storage.together(grant, inner -> {
            var calls = inner.idempotency(grant);
            requireFirst(calls, call);
            var result = unit.apply(inner);
            calls.remember(call, note);
            return result;
        });
        noted = call;
        return done;
    }

    private static void requireFirst(IdempotencyLedger calls, IdempotentCall call) {
        switch (calls.claim(call)) {
            case IdempotencyClaim.First first -> {}
            case IdempotencyClaim.Repeated(var answer) -> throw new Repeated(answer);
            case IdempotencyClaim.Differs differs -> throw another();
        }
    }

    /** The refusal of a name that was used for another call. */
    public static RuntimeException another() {
        return Problem.VERSION_CONFLICT.refused("The Idempotency-Key was used for another request");
    }

    /**
     * Notes the call in a unit of its own, for what cannot be in a unit. Before it, where a second time would be a second effect: then
     * a call that broke off between the two is not done at all. After it, where doing it again changes nothing.
     */
    public void note(Storage storage) {
        together(storage, unit -> true);
    }

    /**
     * Does what cannot commit with a unit, because it lies elsewhere, and what a second time would change again. That the call has begun
     * is noted before, and taken back where it is certain that nothing has happened; whoever repeats one of which that is not known, and
     * no answer either, hears that nobody knows.
     *
     * @param before is written together with the note
     */
    public <R> R apart(Storage storage, Consumer<Storage> before, Supplier<R> change) {
        together(storage, KeptAnswer.BEGUN, unit -> {
            before.accept(unit);
            return true;
        });
        try {
            return change.get();
        } catch (RuntimeException e) {
            if (nothingHappened(e)) {
                takeBack(storage);
            }
            throw e;
        }
    }

    private static boolean nothingHappened(RuntimeException failure) {
        return switch (failure) {
            case StorageFailure storage -> storage.code().retry() != FailureCode.Retry.UNKNOWN;
            case Refused refused -> true;
            default -> false;
        };
    }

    private void takeBack(Storage storage) {
        if (noted != null) {
            storage.idempotency(grant).forget(noted);
            noted = null;
        }
    }

    /** The answer has a secret, which is shown once and nowhere kept. */
    public void withhold() {
        secret = true;
    }

    /** Whether the answer is not to be kept. */
    public boolean withheld() {
        return secret;
    }

    /** The named call, once it was done. */
    public Optional<IdempotentCall> noted() {
        return Optional.ofNullable(noted);
    }
}
