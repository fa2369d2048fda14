package io.triport.identity.connection;

import io.triport.domain.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The places at work of one app, and the short queue before them. Safe for many threads: its own lock guards all. */
final class Places {
    private final AdaptiveLimit limit;
    private final Ticker ticker;
    private final long queueAgeNanos;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int taken;

    Places(EdgeLimits.Work work, Ticker ticker) {
        this.limit = new AdaptiveLimit(work, ticker);
        this.ticker = ticker;
        this.queueAgeNanos = work.queueAge().toNanos();
    }

    /** A place, a turn in the queue (then the candidate hears from us), or neither. */
    synchronized Turn ask(Candidate candidate) {
        if (queue.isEmpty() && taken < limit.now()) {
            taken++;
            return Turn.NOW;
        }
        if (queue.size() >= limit.now()) {
            return Turn.NEVER;
        }
        queue.add(new Waiting(candidate, ticker.nanos()));
        return Turn.LATER;
    }

    /** Whether whoever asked now would get neither a place nor a turn. */
    synchronized boolean full() {
        return taken >= limit.now() && queue.size() >= limit.now();
    }

    /** Gives up the turn; false when the candidate has been told the outcome already. */
    synchronized boolean withdraw(Candidate candidate) {
        return queue.removeIf(waiting -> waiting.candidate.equals(candidate));
    }

    /** Frees a place whose request was answered after this time. */
    void answered(long latencyNanos) {
        settle(free(latencyNanos));
    }

    /** Frees a place whose request came to no answer; it tells nothing about latency. */
    void abandoned() {
        settle(free(-1));
    }

    synchronized int taken() {
        return taken;
    }

    /** How many are in the queue. */
    synchronized int waiting() {
        return queue.size();
    }

    synchronized int limit() {
        return limit.now();
    }

    private synchronized List<Outcome> free(long latencyNanos) {
        if (latencyNanos >= 0) {
            limit.answered(latencyNanos, taken);
        }
        taken--;
        var next = queue.peek();
        if (next == null) {
            return List.of();
        }
        var outcomes = new ArrayList<Outcome>();
        var now = ticker.nanos();
        while (next != null && taken < limit.now()) {
            queue.remove();
            var inTime = now - next.since < queueAgeNanos;
            taken += inTime ? 1 : 0;
            outcomes.add(new Outcome(next.candidate, inTime));
            next = queue.peek();
        }
        return outcomes;
    }

    // Outside the lock: a candidate may be on another event loop, or ask again at once.
    private static void settle(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (outcome.admitted) {
                outcome.candidate.admitted();
            } else {
                outcome.candidate.tooLate();
            }
        }
    }

    /** Somebody in the queue. Told from any thread. */
    interface Candidate {
        void admitted();

        void tooLate();
    }

    enum Turn {
        NOW,
        LATER,
        NEVER
    }

    private record Waiting(Candidate candidate, long since) {}

    private record Outcome(Candidate candidate, boolean admitted) {}
}
