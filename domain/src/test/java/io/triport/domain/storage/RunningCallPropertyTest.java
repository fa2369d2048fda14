package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.StoreWait;
import io.triport.domain.time.Ticker;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whose interrupt a thread has, whatever comes first. */
final class RunningCallPropertyTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int CALLS = 20_000;

    private final SettableTicker ticker = new SettableTicker();
    private final CallDeadlines deadlines = new CallDeadlines(MOST, ticker);
    private final TestGrants grants = new TestGrants(SettableClock.anywhere());

    /** What may happen to a thread while a call goes on. */
    enum Happening {
        /** The time of the call comes. */
        DUE,
        /** Somebody wants the thread to stop. */
        STOP,
        /** The store hears of an interrupt, and says so by setting it again. */
        HEARD_AND_SAID,
        /** The store hears of an interrupt and goes on. */
        HEARD
    }

    @Property
    void a_call_leaves_the_interrupts_of_others_and_none_of_its_own(
            @ForAll @Size(max = 6) List<Happening> within, @ForAll boolean stoppedBefore) {
        Thread.interrupted();
        if (stoppedBefore) {
            Thread.currentThread().interrupt();
        }
        var call = call();

        within.forEach(happening -> happen(call, happening));
        var marked = Thread.currentThread().isInterrupted();
        call.finish();

        var left = Thread.interrupted();
        if (!within.contains(Happening.DUE)) {
            assertThat(left).isEqualTo(marked);
        } else {
            assertThat(left).isEqualTo(stoppedAtDeadline(within, stoppedBefore));
        }
    }

    /** Whether the thread was to stop when the deadline came: later ones go with it. */
    private static boolean stoppedAtDeadline(List<Happening> within, boolean stoppedBefore) {
        var stopped = stoppedBefore;
        for (var happening : within) {
            switch (happening) {
                case DUE -> {
                    return stopped;
                }
                case STOP -> stopped = true;
                case HEARD_AND_SAID -> {}
                case HEARD -> stopped = false;
            }
        }
        return stopped;
    }

    @Property
    void nothing_reaches_a_thread_whose_call_has_ended(@ForAll @Size(max = 3) List<Happening> within) {
        Thread.interrupted();
        var call = call();
        within.forEach(happening -> happen(call, happening));
        call.finish();
        Thread.interrupted();

        ticker.advance(MOST);
        call.endIfDue(ticker.nanos());
        call.finish();

        assertThat(Thread.interrupted()).isFalse();
    }

    private RunningCall call() {
        return new RunningCall(deadlines, grants.ofEverything().storeWait(), ticker.nanos());
    }

    private void happen(RunningCall call, Happening happening) {
        switch (happening) {
            case DUE -> {
                ticker.advance(MOST);
                call.endIfDue(ticker.nanos());
            }
            case STOP -> Thread.currentThread().interrupt();
            case HEARD_AND_SAID -> {
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                }
            }
            case HEARD -> Thread.interrupted();
        }
    }

    /**
     * One thread makes calls, another ends whatever it finds, as fast as both can: every second call waits to be ended, so that all
     * come to their end, and those between end by themselves at any moment of the other's work.
     */
    @Example
    void calls_that_end_as_their_time_comes_leave_their_thread_alone() throws InterruptedException {
        var always = new CallDeadlines(Duration.ofNanos(1), new Ticking());
        var wait = grants.ofEverything().storeWait();
        wait.callByCall();
        var done = new AtomicBoolean();
        var failure = new AtomicReference<@Nullable Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                for (var number = 0; number < CALLS; number++) {
                    call(always, wait, number % 2 == 0);
                }
            } catch (RuntimeException | AssertionError e) {
                failure.set(e);
            } finally {
                done.set(true);
            }
        });
        while (!done.get()) {
            always.look();
        }
        caller.join();

        assertThat(failure.get()).isNull();
    }

    private static void call(CallDeadlines always, StoreWait wait, boolean waiting) {
        var ended = false;
        try {
            always.within(wait, Ticking.NOW, CallDeadlines.Effect.READS, running -> {
                if (waiting) {
                    awaitInterrupt();
                }
                return running;
            });
        } catch (StorageFailure.Unavailable e) {
            ended = true;
            assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
        assertThat(ended).isEqualTo(waiting);
        for (var look = 0; look < 100; look++) {
            assertThat(Thread.interrupted()).isFalse();
            Thread.onSpinWait();
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "store: interrupted", e);
        }
    }

    /** Later than when any call began. */
    private record Ticking() implements Ticker {
        private static final long NOW = 1;

        @Override
        public long nanos() {
            return NOW + 1;
        }
    }
}
