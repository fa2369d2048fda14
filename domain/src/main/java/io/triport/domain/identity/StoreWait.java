package io.triport.domain.identity;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Since when the stores keep a request waiting, for the one deadline that all its calls have together. It counts from the first call
 * of a store, and anew from the first call behind each piece of a body that has moved, since a request whose bytes move does not
 * hang. Safe for many threads.
 */
public final class StoreWait {
    /** On the monotonic clock of whoever asks; null where nothing was asked of a store since bytes have moved. */
    private final AtomicReference<@Nullable Long> begun = new AtomicReference<>();

    private volatile boolean callByCall;

    StoreWait() {}

    /** From when on the deadline of a call counts that begins now. @param now of the one monotonic clock of the process */
    public long since(long now) {
        if (callByCall) {
            return now;
        }
        var first = begun.compareAndExchange(null, now);
        return first == null ? now : first;
    }

    /** Bytes of the request or of its answer have moved: what it has waited so far is over. */
    public void moved() {
        if (begun.getPlain() != null) {
            begun.set(null);
        }
    }

    /**
     * From now on each call has its deadline from its own beginning: for work that takes as long as it takes, such as a job, a
     * connection that stays open, and an answer that is made while it is sent.
     */
    public void callByCall() {
        callByCall = true;
    }
}
