package io.triport.identity.launch;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.schedule.TickMark;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks at times of the calendar, each tick on one node and through the gate like any request. It looks each second by itself.
 * Safe for many threads.
 */
public final class Crons implements AutoCloseable {
    /*
     * Looks
     *
     * A look is cheap while nothing is due: the ledger is asked when the next time has come, and once a minute for runs of nodes
     * that died. It then claims the newest time that is due and not too old; those before it are left out.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Crons.class);

    /** Clocks of nodes may differ by a minute, and a hold may be late: nobody takes a run over that somebody still holds. */
    private static final Duration HELD = Duration.ofMinutes(2);

    private static final long LOOK_SECONDS = 1;
    /** By then each node has heard that a schedule is gone, and makes no new mark of it. */
    private static final Duration HEARD_BY_ALL = Duration.ofDays(1);

    private final Events events;
    private final Storage storage;
    private final TickLedger ledger;
    private final IdentityState state;
    private final Map<TaskName, CronRun> runs = new LinkedHashMap<>();
    private Supplier<List<OnCron>> following = List::of;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cron").daemon().factory());

    Crons(Events events, Storage storage, TickLedger ledger, IdentityState state) {
        this.events = events;
        this.storage = storage;
        this.ledger = ledger;
        this.state = state;
    }

    /** @param wanted what is to be run; asked at each look, for schedules may come and go */
    void start(Supplier<List<OnCron>> wanted) {
        follow(wanted);
        looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** @throws IllegalArgumentException for two of one name: the ledger knows schedules by their names */
    public synchronized void follow(Supplier<List<OnCron>> wanted) {
        following = wanted;
        refresh();
    }

    /** Begins what is due, and holds what runs. */
    public synchronized void look() {
        try {
            refresh();
        } catch (RuntimeException e) {
            LOG.error("schedules not read, which is tried again", e);
        }
        runs.values().forEach(this::look);
    }

    /** Forgets when schedules ran that there are not any more. @param gone whether one of this name is no more */
    public void forget(Predicate<TaskName> gone) {
        var moment = state.clock().instant().minus(HEARD_BY_ALL);
        ledger.idleSince(moment).stream().filter(gone).forEach(name -> ledger.forget(name, moment));
    }

    /** What is run by this app, as it is now. */
    public synchronized List<OnCron> present() {
        return List.copyOf(following.get());
    }

    /** What is noted of all schedules, those of other apps on the same data included, in the order of their names. */
    public List<TickMark> marks() {
        return ledger.marks();
    }

    private void refresh() {
        var wanted = new LinkedHashMap<TaskName, OnCron>();
        for (var cron : following.get()) {
            if (wanted.put(cron.name(), cron) != null) {
                throw new IllegalArgumentException("cron: two of " + cron.name() + " (expected: one)");
            }
        }
        runs.values().removeIf(run -> !wanted.containsKey(run.cron().name()) && run.rest(Duration.ZERO));
        wanted.forEach((name, cron) -> runs.computeIfAbsent(name, absent -> new CronRun(cron, state.ticker()))
                .follow(cron));
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
    public boolean rest(Duration patience) {
        return all().stream().allMatch(run -> run.rest(patience));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private synchronized List<CronRun> all() {
        return List.copyOf(runs.values());
    }

    private void look(CronRun run) {
        var now = state.clock().instant();
        try {
            if (run.holding(tick -> ledger.hold(tick, now.plus(HELD))) || !run.worthAsking(now)) {
                return;
            }
            var claim = new TickClaim(run.cron().newest(now), now, now.plus(HELD));
            var claimed = ledger.claim(run.cron().name(), claim);
            run.asked(now);
            claimed.ifPresent(tick -> run.begin(tick, () -> work(run.cron(), tick)));
        } catch (StorageFailure e) {
            LOG.atWarn()
                    .addKeyValue("schedule", run.cron().name())
                    .addKeyValue("code", e.code())
                    .log("schedule not looked at, which is tried again");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("schedule", run.cron().name())
                    .setCause(e)
                    .log("schedule not looked at, which is tried again");
        }
    }

    private void work(OnCron cron, Tick tick) {
        var due = new Scheduled(
                RequestId.fresh(state.randomness()),
                state.clock().instant(),
                cron.task().taskName(),
                tick.dueAt(),
                tick.attempt());
        try {
            events.pass(due, grant -> cron.work().on(due, grant, storage));
        } catch (StorageFailure.Unavailable | IdentityStateUnavailable e) {
            LOG.atWarn()
                    .addKeyValue("request", due.id())
                    .addKeyValue("task", due.task())
                    .addKeyValue("attempt", due.attempt())
                    .log("task failed because a store does not answer, so it runs again");
            return;
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
