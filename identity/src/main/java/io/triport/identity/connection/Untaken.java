package io.triport.identity.connection;

import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What was written of a reply and the client has not taken yet, and whether it goes on. Confined to an event loop. */
final class Untaken {
    private final Deadlines deadlines;
    private final long stalledNanos;
    private final LongSupplier progress;
    private final Runnable whenTaken;
    private final GenericFutureListener<Future<Void>> onTaken = future -> taken();
    private int pieces;
    private boolean timed;
    private long seen;

    /**
     * @param stalled how long nothing may be taken
     * @param progress of the piece that is being taken; changes while it is
     * @param whenTaken runs when nothing is left
     */
    Untaken(Deadlines deadlines, Duration stalled, LongSupplier progress, Runnable whenTaken) {
        this.deadlines = deadlines;
        this.stalledNanos = stalled.toNanos();
        this.progress = progress;
        this.whenTaken = whenTaken;
    }

    /** For one more piece. */
    ChannelPromise add(ChannelPromise promise) {
        pieces++;
        return promise.addListener(onTaken);
    }

    boolean isEmpty() {
        return pieces == 0;
    }

    /** From now on the client has to take what was written. */
    void flushed() {
        if (pieces > 0 && !timed) {
            timed = true;
            time();
        }
    }

    /** At the deadline: whether nothing was taken since. If something was, the client has time again. */
    boolean stalls() {
        if (progress.getAsLong() == seen) {
            return true;
        }
        time();
        return false;
    }

    private void taken() {
        pieces--;
        if (pieces == 0) {
            timed = false;
            deadlines.clear(Deadlines.Kind.OUTGOING);
            whenTaken.run();
        } else if (timed) {
            time();
        }
    }

    private void time() {
        seen = progress.getAsLong();
        deadlines.set(Deadlines.Kind.OUTGOING, deadlines.now() + stalledNanos);
    }
}
