package io.triport.manager.route;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.Storage;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.repeat.DigestedBody;
import io.triport.manager.repeat.Effect;
import io.triport.manager.repeat.KeptAnswer;
import io.triport.manager.repeat.NamedCall;
import io.triport.manager.repeat.Repeated;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.event.Level;

/** Answers a call that its caller has named the second time with what was answered the first time. Safe for many threads. */
public final class Repeats {
    /*
     * Order
     *
     * Whether a call was done is looked up before its route answers, so that a delete that is repeated hears what it heard, and not
     * that there is nothing to delete. The unit of the effect asks again, because another may have come between; so does whoever was
     * refused, because what he found missing may be what the other has just deleted. On one node calls of the same name take turns, so
     * that the later one finds the answer of the earlier one there; only another node may see the note without one.
     *
     * A route that reads no body is asked for without one first, so that a body is read here only when the name is known with one.
     */
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final int FIRST_OF_OURS = 500;

    private final Storage storage;
    private final RequestLog log;
    private final Turns turns = new Turns();

    public Repeats(Storage storage, RequestLog log) {
        this.storage = storage;
        this.log = log;
    }

    /** @param refused how a refusal is answered on this route */
    public StreamReply answer(Call call, Route.Answering answering, Function<Refused, StreamReply> refused) {
        var named = call.named();
        if (named == null) {
            return answering.answer(call);
        }
        return turns.take(named.name(), () -> inTurn(call, named, answering, refused));
    }

    private StreamReply inTurn(
            Call call, NamedCall named, Route.Answering answering, Function<Refused, StreamReply> refused) {
        // A GET changes nothing but where it orders a job, which the unit of the order asks for.
        var changes = !READING.contains(call.fetch().method().text());
        var before = changes ? known(call, named) : Optional.<Bytes>empty();
        if (before.isPresent()) {
            return again(call, before.get());
        }
        try {
            var reply = answering.answer(call);
            keep(call, reply);
            return reply;
        } catch (Repeated e) {
            return again(call, e.kept());
        } catch (RuntimeException e) {
            var failure = Failures.of(e);
            if (failure.problem().status() >= FIRST_OF_OURS) {
                throw e;
            }
            if (call.effect().noted().isPresent()) {
                // Part of it was done, so this is what came of it.
                keep(call, refused.apply(failure));
                throw e;
            }
            return again(call, (changes ? meanwhile(named, call) : Optional.<Bytes>empty()).orElseThrow(() -> e));
        }
    }

    private static StreamReply again(Call call, Bytes kept) {
        call.keep(kept.size());
        return KeptAnswer.reply(kept);
    }

    /** What is kept of the call. @throws Refused VERSION_CONFLICT where its name was used for another */
    private Optional<Bytes> known(Call call, NamedCall named) {
        return switch (claim(call, named.unread())) {
            case IdempotencyClaim.First first -> Optional.empty();
            case IdempotencyClaim.Repeated(var kept) -> Optional.of(kept);
            case IdempotencyClaim.Differs differs -> {
                call.drain();
                yield Optional.of(
                        switch (claim(call, named.whole())) {
                            case IdempotencyClaim.Repeated(var kept) -> kept;
                            case IdempotencyClaim.Differs another -> throw Effect.another();
                            // Its time has run out between the two looks, and the body is read.
                            case IdempotencyClaim.First first ->
                                throw Problem.OVERLOADED.refused().with("Retry-After", "1");
                        });
            }
        };
    }

    /** What is kept of a call that was done while this one found that it cannot be. */
    private Optional<Bytes> meanwhile(NamedCall named, Call call) {
        if (named.bodyRead() == DigestedBody.Read.NOTHING) {
            return known(call, named);
        }
        return named.bodyRead() == DigestedBody.Read.ALL
                        && claim(call, named.whole()) instanceof IdempotencyClaim.Repeated(var kept)
                ? Optional.of(kept)
                : Optional.empty();
    }

    private IdempotencyClaim claim(Call call, IdempotentCall named) {
        return storage.idempotency(call.grant()).claim(named);
    }

    /** Puts the answer in the place of the note that there is none yet, which stays where the storage does not take it. */
    private void keep(Call call, StreamReply reply) {
        call.effect().noted().ifPresent(named -> {
            var kept = call.effect().withheld() ? KeptAnswer.SECRET : KeptAnswer.of(reply);
            try {
                storage.idempotency(call.grant()).remember(named, kept);
            } catch (StorageFailure e) {
                log.failed(call.fetch().id(), Level.WARN, e);
            }
        });
    }
}
