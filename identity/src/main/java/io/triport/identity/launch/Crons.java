package io.triport.identity.launch;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks at times of the calendar, each tick on one node and through the gate like any request. Safe for many threads. */
final class Crons implements AutoCloseable {
    /*
     * Looks
     *
     * A look is cheap while nothing is due: the ledger is asked when the next time has come, and once a minute for runs of nodes
     * that died. It then claims the newest time that is due and not too old; older ones are left out.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Crons.class);

    private static final Duration LATEST = Duration.ofMinutes(15);
    private static final Duration HELD = Duration.ofMinutes(1);
    private static final long LOOK_SECONDS = 1;

    private final Events events;
    private final Storage storage;
    private final TickLedger ledger;
    private final IdentityState state;
    private final List<CronRun> runs = new ArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cron").daemon().factory());

    Crons(Events events, Storage storage, TickLedger ledger, IdentityState state) {
        this.events = events;
        this.storage = storage;
        this.ledger = ledger;
        this.state = state;
    }

    void start(List<OnCron> crons) {
        add(crons);
        if (!crons.isEmpty()) {
            looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** @throws IllegalArgumentException for two of one task: the ledger knows schedules by their tasks */
    synchronized void add(List<OnCron> crons) {
        for (var cron : crons) {
            if (runs.stream().anyMatch(run -> run.cron().task().equals(cron.task()))) {
                throw new IllegalArgumentException("cron: two of " + cron.task().taskName() + " (expected: one)");
            }
            runs.add(new CronRun(cron, state.ticker()));
        }
    }

    /** Begins what is due, and holds what runs. */
    synchronized void look() {
        runs.forEach(this::look);
    }

    /** Begins nothing more, and waits for what runs. @return whether all came to its end */
    boolean stop(Duration patience) {
        looks.shutdown();
        var until = state.ticker().nanos() + patience.toNanos();
        var all = true;
        for (var run : all()) {
            all &= run.stop(Duration.ofNanos(Math.max(0, until - state.ticker().nanos())));
        }
        return all;
    }

    /** Waits for what runs. @return whether all came to its end */
    boolean rest(Duration patience) {
        return all().stream().allMatch(run -> run.rest(patience));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private synchronized List<CronRun> all() {
        return List.copyOf(runs);
    }

    private void look(CronRun run) {
        var now = state.clock().instant();
        try {
            if (run.holding(tick -> ledger.hold(tick, now.plus(HELD))) || !run.worthAsking(now)) {
                return;
            }
            var claim = new TickClaim(newest(run.cron(), now), now, now.plus(HELD));
            var claimed = ledger.claim(run.cron().task().taskName(), claim);
            run.asked(now);
            claimed.ifPresent(tick -> run.begin(tick, () -> work(run.cron(), tick)));
        } catch (StorageFailure e) {
            LOG.atWarn()
                    .addKeyValue("task", run.cron().task().taskName())
                    .addKeyValue("code", e.code())
                    .log("schedule not looked at, which is tried again");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("task", run.cron().task().taskName())
                    .setCause(e)
                    .log("schedule not looked at, which is tried again");
        }
    }

    private static Instant newest(OnCron cron, Instant now) {
        var newest = Instant.EPOCH;
        for (var tick = cron.cron().next(now.minus(LATEST).minusMillis(1), cron.zone());
                !tick.isAfter(now);
                tick = cron.cron().next(tick, cron.zone())) {
            newest = tick;
        }
        return newest;
    }

    private void work(OnCron cron, Tick tick) {
        var due = new Scheduled(
                RequestId.fresh(state.randomness()),
                state.clock().instant(),
                tick.schedule(),
                tick.dueAt(),
                tick.attempt());
        try {
            events.pass(due, grant -> cron.work().on(due, grant, storage));
        } catch (StorageFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", due.id())
                    .addKeyValue("task", due.task())
                    .addKeyValue("code", e.code())
                    .log("task failed");
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("request", due.id())
                    .addKeyValue("task", due.task())
                    .setCause(e)
                    .log("task failed");
        }
        done(tick);
    }

    /** One that is not noted is run again, which a run of it has to bear anyway. */
    private void done(Tick tick) {
        // What ends a run must not be stopped by the interrupt that ended it.
        if (Thread.interrupted()) {
            LOG.atWarn().addKeyValue("task", tick.schedule()).log("task was interrupted");
        }
        try {
            ledger.done(tick);
        } catch (StorageFailure e) {
            LOG.atWarn()
                    .addKeyValue("task", tick.schedule())
                    .addKeyValue("code", e.code())
                    .log("end of a task not noted, so it runs again");
        }
    }
}
