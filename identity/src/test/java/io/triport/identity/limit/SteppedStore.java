package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A store whose calls are carried out, and later answered, when a test says so, and the threads that make them. Each thread runs
 * alone until it waits for the store again, so that a test with the same chances does the same. The monitor guards all.
 */
final class SteppedStore implements SharedRateLimiter, Executor {
    private final SharedRateLimiter limiter;
    private final Ticker ticker;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private int running;

    private static final class Call {
        private final List<Charge> charges;
        private final long asked;
        private @Nullable Admission admission;
        private boolean answered;

        private Call(List<Charge> charges, long asked) {
            this.charges = charges;
            this.asked = asked;
        }
    }

    SteppedStore(SharedRateLimiter limiter, Ticker ticker) {
        this.limiter = limiter;
        this.ticker = ticker;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Admission take(List<Charge> charges) {
        var call = new Call(charges, ticker.nanos());
        calls.add(call);
        running--;
        notifyAll();
        try {
            while (!call.answered) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Objects.requireNonNull(call.admission, "carried out before it is answered");
    }

    @Override
    public int nodes(String node, Duration silence) {
        return limiter.nodes(node, silence);
    }

    /** Starts what was begun since, until each thread waits for the store. */
    synchronized void begin() {
        while (!tasks.isEmpty()) {
            var task = tasks.remove();
            running++;
            Thread.startVirtualThread(() -> run(task));
            rest();
        }
    }

    /** Carries out one of the calls, or answers one that was. */
    synchronized void step(Random random) {
        if (!calls.isEmpty()) {
            step(calls.get(random.nextInt(calls.size())));
        }
    }

    /** No call is longer under way than so long. */
    synchronized void answerAllOlderThan(Duration age) {
        while (true) {
            var old = calls.stream()
                    .filter(call -> ticker.nanos() - call.asked >= age.toNanos())
                    .findFirst();
            if (old.isEmpty()) {
                return;
            }
            step(old.get());
        }
    }

    private synchronized void step(Call call) {
        if (call.admission == null) {
            call.admission = limiter.take(call.charges);
            return;
        }
        calls.remove(call);
        call.answered = true;
        running++;
        notifyAll();
        rest();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            synchronized (this) {
                running--;
                notifyAll();
            }
        }
    }

    private synchronized void rest() {
        try {
            while (running > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
