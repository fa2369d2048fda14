package io.triport.domain.storage;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.StoreWait;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Ends the waiting for stores: a call whose time has come is interrupted, and its caller hears that the store does not answer.
 * Whoever has this has somebody call {@link #look} again and again. Safe for many threads.
 */
public final class CallDeadlines {
    /*
     * Cost
     *
     * Nearly no call is ended, so a call pays for nothing but its place among those that run: there is no timer to set and to take
     * back. All that run are looked at together, a few times a second; so a call may last a little longer than it should.
     */

    /** Where nothing else is said (storage contract, section 1.1). */
    public static final Duration USUAL = Duration.ofSeconds(30);

    private static final int LOOKS = 100;
    private static final Duration SHORTEST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final Duration most;
    private final Ticker ticker;
    private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();

    /** @param most that a store may keep a request waiting while none of its bytes move; more than 0 */
    public CallDeadlines(Duration most, Ticker ticker) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("deadline: " + most + " (expected: more than 0 s)");
        }
        this.most = most;
        this.ticker = ticker;
    }

    /** What a call that was ended may have done. */
    enum Effect {
        /** Nothing. */
        READS(FailureCode.UNAVAILABLE),
        CHANGES(FailureCode.OUTCOME_UNKNOWN);

        private final FailureCode code;

        Effect(FailureCode code) {
            this.code = code;
        }
    }

    /** How often {@link #look} is to be called. */
    public Duration between() {
        var part = most.dividedBy(LOOKS);
        return part.compareTo(SHORTEST) < 0 ? SHORTEST : part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }

    /** Ends the calls whose time has come. Waits for none of them. */
    public void look() {
        var now = now();
        running.forEach(call -> call.endIfDue(now));
    }

    Duration most() {
        return most;
    }

    long now() {
        return ticker.nanos();
    }

    /**
     * Does the work of a call on the calling thread.
     *
     * @param now when it begins
     * @throws StorageFailure.Unavailable where the call was ended, or could not begin in time
     */
    <R> R within(StoreWait wait, long now, Effect effect, Function<RunningCall, R> work) {
        var call = new RunningCall(this, wait, now);
        if (call.due(now)) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE,
                    "deadline: the request has waited " + most + " for stores before this call");
        }
        running.add(call);
        try {
            return work.apply(call);
        } catch (RuntimeException e) {
            throw call.finish() ? late(effect, e) : e;
        } finally {
            call.finish();
            running.remove(call);
        }
    }

    /** What a store has decided stays so; whatever else comes out of a call that was interrupted says that it was. */
    private RuntimeException late(Effect effect, RuntimeException why) {
        var decided = why instanceof InvalidInput
                || why instanceof StorageFailure && !(why instanceof StorageFailure.Unavailable);
        return decided
                ? why
                : new StorageFailure.Unavailable(effect.code, "deadline: no answer of the store within " + most, why);
    }
}
