package io.triport.gateway.pool;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/** How far a request and its answer have come, and until when the next thing has to be here. Confined to an event loop. */
final class AnswerDue {
    /*
     * While the request is being sent the target has to take it; then the head of the answer is due, and after it each next
     * piece. Whatever the client holds up is not the target's fault, and nothing is due.
     */
    private static final long NEVER = Long.MAX_VALUE;

    private final Target target;
    private final Due due;
    private long headBy = NEVER;
    private boolean requestEnded;
    private boolean headSeen;
    private boolean untimed;

    AnswerDue(EventExecutor executor, Target target, Runnable late) {
        this.target = target;
        this.due = new Due(executor, target.ticker(), late);
    }

    /** Another request begins. */
    void begin() {
        requestEnded = false;
        headSeen = false;
        headBy = NEVER;
        due.clear();
    }

    boolean requestEnded() {
        return requestEnded;
    }

    boolean headSeen() {
        return headSeen;
    }

    /** The request's own deadline for the head of the answer. @param atNanos of the ticker */
    void headBy(long atNanos) {
        headBy = atNanos;
        due.set(atNanos);
    }

    /** The last of the request was written. */
    void requestEnds() {
        requestEnded = true;
    }

    /** A part of the request was written. @param taken whether the target takes more */
    void written(boolean taken) {
        if (requestEnded) {
            awaitHead();
        } else if (!taken) {
            within(target.settings().timeout().idle());
        }
    }

    void awaitHead() {
        if (headSeen) {
            return;
        }
        var firstByte = requestEnded
                ? target.ticker().nanos()
                        + target.settings().timeout().firstByte().toNanos()
                : NEVER;
        due.set(Math.min(headBy, firstByte));
    }

    void head() {
        headSeen = true;
        headBy = NEVER;
        awaitPiece();
    }

    void awaitPiece() {
        if (headSeen && !untimed) {
            within(target.settings().timeout().idle());
        }
    }

    /** For a tunnel, which may be silent for as long as it likes. */
    void untimed() {
        untimed = true;
        due.clear();
    }

    void within(Duration wait) {
        due.set(target.ticker().nanos() + wait.toNanos());
    }

    /** Nothing is due. */
    void clear() {
        due.clear();
    }

    void stop() {
        due.stop();
    }
}
