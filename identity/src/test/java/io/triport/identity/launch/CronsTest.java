package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Cron;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.verified.VerifiedCache;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeTickLedger;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clock begins at midnight; the schedule is each full hour. */
final class CronsTest {
    private static final Duration HANGS_AFTER = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private enum Task implements SystemTask {
        SWEEP;

        @Override
        public TaskName taskName() {
            return new TaskName("test-sweep");
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(new Permission(
                    Set.of(Action.SPACE_RECLAIM), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
        }
    }

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final RecordingIdentityLog identities = new RecordingIdentityLog();
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final FakeTickLedger ledger = new FakeTickLedger();
    private final Instant midnight = clock.instant();
    private final Queue<Scheduled> ran = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Test
    void a_task_runs_when_it_falls_due_under_a_grant_that_ends_with_it() {
        var grants = new ConcurrentLinkedQueue<Grant>();
        var crons = node((tick, grant, storage) -> {
            ran.add(tick);
            grants.add(grant);
            storage.resources(grant).reclaim(10);
        });
        look(crons);
        pass(HOUR.minusMillis(1));
        look(crons);
        assertThat(ran).isEmpty();

        pass(Duration.ofMillis(1));
        look(crons);

        assertThat(ran).singleElement().satisfies(tick -> {
            assertThat(tick.task()).isEqualTo(Task.SWEEP.taskName());
            assertThat(tick.dueAt()).isEqualTo(midnight.plus(HOUR));
            assertThat(tick.attempt()).isEqualTo(1);
        });
        assertThat(grants.remove().live(clock.instant())).isFalse();
        assertThat(identities.grants()).hasSize(1);
        assertThat(calls.calls()).hasSize(1);
    }

    @Test
    @Tag("R-02")
    void of_three_nodes_one_runs_each_tick() {
        var nodes = List.of(node(this::note), node(this::note), node(this::note));
        nodes.forEach(this::look);

        for (var hour = 1; hour <= 3; hour++) {
            pass(HOUR);
            nodes.forEach(this::look);
        }

        assertThat(ran)
                .extracting(Scheduled::dueAt)
                .containsExactly(
                        midnight.plus(HOUR), midnight.plus(HOUR.multipliedBy(2)), midnight.plus(HOUR.multipliedBy(3)));
    }

    @Test
    @Tag("R-03")
    void the_run_of_a_node_that_died_is_done_again_with_attempt_2() {
        var dead = node(waitingFor(new CountDownLatch(1)));
        look(dead);
        pass(HOUR);
        dead.look();
        var other = node(this::note);
        look(other);
        assertThat(other.stop(Duration.ZERO)).isTrue();

        pass(Duration.ofMinutes(2));
        var restarted = node(this::note);
        look(restarted);

        assertThat(ran.stream().filter(tick -> tick.attempt() == 2))
                .singleElement()
                .satisfies(tick -> assertThat(tick.dueAt()).isEqualTo(midnight.plus(HOUR)));
        assertThat(dead.stop(Duration.ZERO)).isFalse();
    }

    @Test
    @Tag("R-04")
    void a_tick_that_was_missed_by_at_most_15_minutes_runs_once() {
        look(node(this::note));
        pass(HOUR.multipliedBy(2).plusMinutes(15));

        var restarted = node(this::note);
        look(restarted);
        look(restarted);

        assertThat(ran).extracting(Scheduled::dueAt).containsExactly(midnight.plus(HOUR.multipliedBy(2)));
    }

    @Test
    @Tag("R-04")
    void a_tick_that_was_missed_by_more_is_left_out() {
        look(node(this::note));
        pass(HOUR.plusMinutes(15).plusMillis(1));

        var restarted = node(this::note);
        look(restarted);
        assertThat(ran).isEmpty();
        pass(HOUR.minusMinutes(15));
        look(restarted);

        assertThat(ran).extracting(Scheduled::dueAt).containsExactly(midnight.plus(HOUR.multipliedBy(2)));
    }

    @Test
    @Tag("R-05")
    void a_run_that_lasts_lets_no_other_begin_on_any_node() {
        var release = new CountDownLatch(1);
        var every = Cron.parse("* * * * *");
        var slow = node(every, waitingFor(release));
        var other = node(every, this::note);
        look(slow);
        look(other);
        pass(Duration.ofMinutes(1));
        slow.look();
        awaitBegun();

        for (var step = 0; step < 9; step++) {
            pass(Duration.ofSeconds(20));
            slow.look();
            look(other);
        }
        assertThat(ran).hasSize(1);
        release.countDown();
        assertThat(slow.stop(HANGS_AFTER)).isTrue();
        pass(Duration.ofMinutes(1));
        look(other);

        assertThat(ran).hasSize(2);
    }

    @Test
    @Tag("R-05")
    void a_run_that_lasts_is_not_taken_over_by_a_node_whose_clock_is_a_minute_ahead() {
        var release = new CountDownLatch(1);
        var hourly = Cron.parse("0 * * * *");
        var slow = node(hourly, waitingFor(release));
        var hasty = node(Clock.offset(clock, Duration.ofMinutes(1)), () -> List.of(on(hourly, this::note)));
        look(slow);
        look(hasty);
        pass(HOUR);
        slow.look();
        awaitBegun();

        for (var step = 0; step < 9; step++) {
            look(hasty);
            pass(Duration.ofSeconds(20));
            slow.look();
        }
        release.countDown();

        assertThat(slow.stop(HANGS_AFTER)).isTrue();
        assertThat(ran).hasSize(1);
    }

    @Test
    @Tag("R-06")
    void a_clock_that_jumps_runs_nothing_twice_and_leaves_out_what_is_too_old() {
        var crons = node(this::note);
        look(crons);
        pass(HOUR);
        look(crons);
        clock.set(midnight.minus(HOUR));
        look(crons);
        clock.set(midnight.plus(HOUR));
        look(crons);
        assertThat(ran).hasSize(1);

        clock.set(midnight.plus(Duration.ofHours(9)));
        look(crons);

        assertThat(ran)
                .extracting(Scheduled::dueAt)
                .containsExactly(midnight.plus(HOUR), midnight.plus(Duration.ofHours(9)));
    }

    @Test
    @Tag("R-11")
    void a_run_that_takes_longer_than_15_minutes_is_interrupted() {
        var crons = node(waitingFor(new CountDownLatch(1)));
        look(crons);
        pass(HOUR);
        crons.look();

        pass(Duration.ofMinutes(15).plusMillis(1));
        crons.look();

        assertThat(crons.stop(HANGS_AFTER)).isTrue();
    }

    @Test
    @Tag("R-12")
    void stopping_waits_for_the_run_and_begins_no_other() {
        var release = new CountDownLatch(1);
        var crons = node(waitingFor(release));
        look(crons);
        pass(HOUR);
        crons.look();
        release.countDown();

        assertThat(crons.stop(HANGS_AFTER)).isTrue();
        pass(HOUR);
        look(crons);

        assertThat(ran).hasSize(1);
    }

    @Test
    void a_run_that_fails_has_ended() {
        var crons = node((tick, grant, storage) -> {
            ran.add(tick);
            throw new IllegalStateException("on purpose");
        });
        look(crons);
        pass(HOUR);
        look(crons);
        pass(HOUR);
        look(crons);

        assertThat(ran).extracting(Scheduled::attempt).containsExactly(1, 1);
    }

    @Test
    @Tag("R-04")
    void a_schedule_that_makes_up_for_everything_runs_once_however_late() {
        var wanted = List.of(since(midnight));
        look(node(() -> wanted));
        pass(Duration.ofDays(400));

        var restarted = node(() -> wanted);
        look(restarted);
        look(restarted);

        assertThat(ran).singleElement().satisfies(tick -> {
            assertThat(tick.dueAt()).isEqualTo(midnight.plus(Duration.ofDays(400)));
            assertThat(tick.task()).isEqualTo(Task.SWEEP.taskName());
        });
    }

    @Test
    void nothing_is_made_up_for_from_before_a_schedule_was_set() {
        var wanted = new AtomicReference<>(List.of(since(midnight)));
        var crons = node(wanted::get);
        look(crons);

        clock.advance(HOUR.plusMinutes(10));
        wanted.set(List.of(since(clock.instant())));
        look(crons);

        assertThat(ran).isEmpty();
        pass(Duration.ofMinutes(50));
        look(crons);
        assertThat(ran).extracting(Scheduled::dueAt).containsExactly(midnight.plus(HOUR.multipliedBy(2)));
    }

    @Test
    void schedules_come_and_go_while_the_app_runs() {
        var wanted = new AtomicReference<>(List.<OnCron>of());
        var crons = node(wanted::get);
        look(crons);

        wanted.set(List.of(since(midnight)));
        look(crons);
        pass(HOUR);
        look(crons);
        wanted.set(List.of());
        pass(HOUR);
        look(crons);

        assertThat(ran).extracting(Scheduled::dueAt).containsExactly(midnight.plus(HOUR));
    }

    @Test
    void a_schedule_that_is_no_more_is_forgotten_a_day_after_it_fell_due_last() {
        var wanted = new AtomicReference<>(List.of(since(midnight)));
        var crons = node(wanted::get);
        look(crons);
        wanted.set(List.of());

        pass(Duration.ofDays(1));
        crons.forget(name -> true);
        assertThat(ledger.idleSince(Instant.MAX)).hasSize(1);
        pass(Duration.ofMillis(1));
        crons.forget(name -> false);
        assertThat(ledger.idleSince(Instant.MAX)).hasSize(1);
        crons.forget(name -> true);

        assertThat(ledger.idleSince(Instant.MAX)).isEmpty();
    }

    @Test
    void two_schedules_of_one_name_are_refused() {
        assertThatThrownBy(() -> node(() -> List.of(since(midnight), since(midnight))))
                .hasMessage("cron: two of schedule-1 (expected: one)");
    }

    @Test
    @Tag("R-03")
    void a_run_that_the_store_did_not_let_end_is_done_again() {
        var crons = node((tick, grant, storage) -> {
            ran.add(tick);
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "on purpose");
        });
        look(crons);
        pass(HOUR);
        look(crons);
        look(crons);
        assertThat(ran).hasSize(1);

        pass(Duration.ofMinutes(2));
        look(crons);

        assertThat(ran).extracting(Scheduled::attempt).containsExactly(1, 2);
        assertThat(ran).extracting(Scheduled::dueAt).containsOnly(midnight.plus(HOUR));
    }

    private void note(Scheduled tick, Grant grant, Storage storage) {
        ran.add(tick);
    }

    private TickWork waitingFor(CountDownLatch release) {
        return (tick, grant, storage) -> {
            ran.add(tick);
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Runs have threads of their own. */
    private void awaitBegun() {
        try {
            assertThat(begun.await(HANGS_AFTER.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Crons node(TickWork work) {
        return node(Cron.parse("0 * * * *"), work);
    }

    private Crons node(Cron cron, TickWork work) {
        return node(() -> List.of(on(cron, work)));
    }

    private static OnCron on(Cron cron, TickWork work) {
        return new OnCron(Task.SWEEP, cron, work);
    }

    private OnCron since(Instant moment) {
        return new OnCron(
                new TaskName("schedule-1"),
                Task.SWEEP,
                Cron.parse("0 * * * *"),
                ZoneOffset.UTC,
                new OnCron.Missed.Since(moment),
                this::note);
    }

    private Crons node(Supplier<List<OnCron>> wanted) {
        return node(clock, wanted);
    }

    private Crons node(Clock wall, Supplier<List<OnCron>> wanted) {
        var randomness = new SeededRandomness(1);
        var state = new IdentityState(
                FakeNonceLedger.empty(),
                new FakeCredentialStore(),
                new FakeRevocationList(ticker),
                wall,
                ticker,
                randomness,
                PublishedKeys.Surroundings.present(ticker, randomness),
                new VerifiedCache(ticker));
        var storage = new Storage(new FakeStorageEngine(wall), wall, ticker, calls);
        var gate = new AccessGate(Set.of(), Set.of(Task.SWEEP), wall, identities);
        var crons = new Crons(TestEvents.of(gate, ticker), storage, ledger, state);
        crons.follow(wanted);
        return crons;
    }

    /** And waits for what it began. */
    private void look(Crons crons) {
        crons.look();
        assertThat(crons.rest(HANGS_AFTER)).isTrue();
    }

    private void pass(Duration time) {
        clock.advance(time);
        ticker.advance(time);
    }
}
