package io.triport.gateway.pool;

import io.netty.util.concurrent.EventExecutor;
import io.triport.domain.time.Ticker;
import java.time.Duration;

/** Asks a peer that has fallen silent whether it is still there, and says when it does not answer. Confined to an event loop. */
final class Heartbeat {
    /*
     * How often
     *
     * Servers count the questions that come while they have nothing to send, and close the connection of who asks a third time
     * within minutes (gRPC's proposal A8, "Client-side Keepalive"). So of a silence the first question comes soon, and each
     * further one so late that nobody minds. An answer to a question alone does not end a silence.
     *
     * In time
     *
     * A loop that was held up may have the answer and not have read it. So the end is put off for a moment, in which it reads.
     */
    private static final Duration MOMENT = Duration.ofMillis(10);

    static final Duration QUIET = Duration.ofSeconds(10);
    static final Duration AGAIN = Duration.ofMinutes(5);
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final Runnable ask;
    private final Runnable gone;
    private final Due due;
    private long heardAt;
    private long askedAt;
    private boolean asked;
    private boolean owed;
    private boolean late;

    /** @param ask sends the question. @param gone is run once, when it is not answered in time */
    Heartbeat(EventExecutor loop, Ticker ticker, Runnable ask, Runnable gone) {
        this.ticker = ticker;
        this.ask = ask;
        this.gone = gone;
        this.due = new Due(loop, ticker, this::look);
        this.heardAt = ticker.nanos();
        due.set(heardAt + QUIET.toNanos());
    }

    /** Something came that is more than an answer. */
    void heard() {
        answered();
        asked = false;
        heardAt = ticker.nanos();
    }

    /** The peer is there. */
    void answered() {
        owed = false;
        late = false;
    }

    void stop() {
        due.stop();
    }

    private void look() {
        var now = ticker.nanos();
        if (owed && late) {
            gone.run();
            return;
        }
        if (owed) {
            late = true;
            due.set(now + MOMENT.toNanos());
            return;
        }
        var next = asked ? askedAt + AGAIN.toNanos() : heardAt + QUIET.toNanos();
        if (now - next < 0) {
            due.set(next);
            return;
        }
        asked = true;
        owed = true;
        askedAt = now;
        due.set(now + PATIENCE.toNanos());
        ask.run();
    }
}
