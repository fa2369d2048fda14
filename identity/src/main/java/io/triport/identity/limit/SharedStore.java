package io.triport.identity.limit;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the shared limits' store answers, as far as this node has heard. Safe for many threads. */
final class SharedStore {
    /*
     * A store is late once a request has waited for it in vain. Then nobody waits, but all that need it go on to ask, and the first
     * answer ends it. When none has come for a second, or when the store said that it cannot, it is away: one caller in a second
     * asks, so that not every request starts what leads to nothing.
     *
     * The atomic reference guards whose turn it is, and that a change is logged once.
     */
    static final Duration GONE_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final String AWAY = "limits shared=false consequence=\"each node counts by itself\"";
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final Presence presence;
    private final Ticker ticker;
    private final AtomicReference<State> state = new AtomicReference<>(new Answers());

    /** What was heard of the store last. */
    private sealed interface State {}

    private record Answers() implements State {}

    private record Late(long since) implements State {}

    private record Away(long askAt) implements State {}

    /** What somebody may do who needs the store. */
    enum Turn {
        /** Ask, and wait for the answer. */
        WAIT,
        /** Ask, and not wait. */
        ASK,
        NONE
    }

    SharedStore(Presence presence, Ticker ticker) {
        this.presence = presence;
        this.ticker = ticker;
    }

    /** With whom a request counts that comes now. A store that may be asked counts as one that answers until it is needed. */
    Company company() {
        if (state.get() instanceof Late late && ticker.nanos() - late.since() >= GONE_AFTER.toNanos()) {
            gone(late);
        }
        var askable = !(state.get() instanceof Away away) || due(away);
        return new Company(askable ? Company.Store.ANSWERS : Company.Store.AWAY, presence.nodes());
    }

    Turn turn() {
        return switch (state.get()) {
            case Answers answers -> Turn.WAIT;
            case Late late -> Turn.ASK;
            case Away away -> due(away) && state.compareAndSet(away, awayFromNow()) ? Turn.WAIT : Turn.NONE;
        };
    }

    void answered() {
        if (state.getAndSet(new Answers()) instanceof Away) {
            LOG.info("limits shared=true");
        }
    }

    /** A request has waited in vain. @return with whom it counts */
    Company late(Company company) {
        var known = state.get();
        if (known instanceof Answers) {
            state.compareAndSet(known, new Late(ticker.nanos()));
        }
        return known instanceof Away ? company.away() : company.late();
    }

    void away(StorageFailure cause) {
        if (!(state.getAndSet(awayFromNow()) instanceof Away)) {
            LOG.warn(AWAY, cause);
        }
    }

    private void gone(Late late) {
        if (state.compareAndSet(late, awayFromNow())) {
            LOG.warn(AWAY);
        }
    }

    private boolean due(Away away) {
        return ticker.nanos() - away.askAt() >= 0;
    }

    private Away awayFromNow() {
        return new Away(ticker.nanos() + ASK_EVERY.toNanos());
    }
}
