package io.triport.gateway.upstream;

import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps requests from a target that fails. One per target, and of this node alone. Safe for many threads. */
public final class Breaker {
    /*
     * States. Closed and open are stored; half-open is what open becomes when its time is over, so that nobody has to come by
     * for the change to be seen. A passage belongs to the era in which it was given: what a request from before the last change
     * comes to says nothing about the target now.
     *
     * Concurrency. This object's monitor guards all that changes, for well under a microsecond. The listener is told outside of
     * it.
     */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final BreakerSettings settings;
    private final Ticker ticker;
    private final Consumer<State> changes;
    private final Outcomes outcomes;

    private long era;
    private boolean open;
    private long openUntil;
    private long openNanos;
    private int inRow;
    private long lastFailure;
    private int probing;
    private int passed;

    /** The numbers are those of the metric. */
    public enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    /** @param changes told each time the breaker opens or closes; that it became half-open is by time and told to nobody */
    public Breaker(BreakerSettings settings, Ticker ticker, Consumer<State> changes) {
        this.settings = settings;
        this.ticker = ticker;
        this.changes = changes;
        this.outcomes = new Outcomes(settings.window(), ticker.nanos());
        this.openNanos = settings.open().toNanos();
    }

    /** A request's leave to go to the target; empty when it may not. Whoever has one must say what it came to. */
    public synchronized Optional<Passage> enter() {
        return switch (stateAt(ticker.nanos())) {
            case CLOSED -> Optional.of(new Passage(era));
            case OPEN -> Optional.empty();
            case HALF_OPEN -> {
                if (probing == settings.halfOpenProbes()) {
                    yield Optional.empty();
                }
                probing++;
                yield Optional.of(new Passage(era));
            }
        };
    }

    /** Whether a request that came now would pass, which a balancer asks before it chooses. */
    public synchronized boolean wouldPass() {
        return switch (stateAt(ticker.nanos())) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> probing < settings.halfOpenProbes();
        };
    }

    public synchronized State state() {
        return stateAt(ticker.nanos());
    }

    /** When it is worth coming back: zero when it is now. */
    public synchronized Duration retryAfter() {
        var now = ticker.nanos();
        return switch (stateAt(now)) {
            case CLOSED -> Duration.ZERO;
            case OPEN -> Duration.ofNanos(openUntil - now);
            case HALF_OPEN -> probing < settings.halfOpenProbes() ? Duration.ZERO : BUSY;
        };
    }

    private State stateAt(long now) {
        if (!open) {
            return State.CLOSED;
        }
        return now - openUntil >= 0 ? State.HALF_OPEN : State.OPEN;
    }

    private synchronized Optional<State> ended(Passage passage, Ending ending) {
        if (passage.told || passage.begunIn != era) {
            return Optional.empty();
        }
        passage.told = true;
        return open ? probed(ending) : counted(ending);
    }

    private Optional<State> counted(Ending ending) {
        var now = ticker.nanos();
        switch (ending) {
            case UNKNOWN -> {
                return Optional.empty();
            }
            case GOOD -> {
                inRow = 0;
                outcomes.add(now, false);
            }
            case BAD -> {
                // Failures further apart than the window are no row.
                inRow = now - lastFailure > settings.window().toNanos() ? 1 : inRow + 1;
                lastFailure = now;
                outcomes.add(now, true);
            }
        }
        var enough = outcomes.seen() >= settings.minRequests();
        var failing = inRow >= settings.failures() || outcomes.errorRate() >= settings.errorRate();
        return ending == Ending.BAD && enough && failing
                ? opened(now, settings.open().toNanos())
                : Optional.empty();
    }

    private Optional<State> probed(Ending ending) {
        probing--;
        return switch (ending) {
            case UNKNOWN -> Optional.empty();
            case BAD -> opened(ticker.nanos(), Math.min(2 * openNanos, BreakerSettings.LONGEST_OPEN.toNanos()));
            case GOOD -> {
                passed++;
                yield passed >= settings.closeAfter() ? closed() : Optional.empty();
            }
        };
    }

    private Optional<State> opened(long now, long nanos) {
        open = true;
        openNanos = nanos;
        openUntil = now + nanos;
        begin();
        return Optional.of(State.OPEN);
    }

    private Optional<State> closed() {
        open = false;
        openNanos = settings.open().toNanos();
        begin();
        return Optional.of(State.CLOSED);
    }

    private void begin() {
        era++;
        inRow = 0;
        probing = 0;
        passed = 0;
        outcomes.clear();
    }

    private enum Ending {
        GOOD,
        BAD,
        UNKNOWN
    }

    /** One request's way to the target. Only the first thing that is said of it counts. */
    public final class Passage {
        private final long begunIn;
        /** Guarded by the breaker. */
        private boolean told;

        private Passage(long begunIn) {
            this.begunIn = begunIn;
        }

        /** The target answered, be it with a refusal of its own. */
        public void succeeded() {
            tell(Ending.GOOD);
        }

        /** It was not reached, broke off, took too long, or answered that it cannot. */
        public void failed() {
            tell(Ending.BAD);
        }

        /** The request ended for another reason, such as a client that went away. */
        public void cancelled() {
            tell(Ending.UNKNOWN);
        }

        private void tell(Ending ending) {
            ended(this, ending).ifPresent(changes);
        }
    }
}
