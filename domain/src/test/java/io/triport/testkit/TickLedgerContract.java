package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.schedule.TickMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every ledger of ticks promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class TickLedgerContract {
    private static final TaskName SWEEP = new TaskName("sweep");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HELD = Duration.ofMinutes(1);

    /** The same one, empty at first, in every call of a test. */
    protected abstract TickLedger ledger();

    @Test
    void the_ticks_before_a_schedule_was_first_seen_count_as_run() {
        assertThat(claim(START, START)).isEmpty();
        assertThat(claim(START, START)).isEmpty();
        assertThat(claim(START.minusSeconds(60), START.plusSeconds(1))).isEmpty();
    }

    @Test
    void what_is_noted_of_each_schedule_is_told_in_the_order_of_names() {
        begin();
        ledger().claim(new TaskName("backup"), new TickClaim(Instant.EPOCH, START, START.plus(HELD)));
        var claimed = claim(START.plusSeconds(60), START.plusSeconds(61)).orElseThrow();
        var first = new TickMark(new Tick(new TaskName("backup"), START, 1), TickMark.Run.ENDED);

        assertThat(ledger().marks())
                .containsExactly(
                        first,
                        new TickMark(
                                claimed,
                                new TickMark.Run.Begun(START.plusSeconds(61).plus(HELD))));
        ledger().done(claimed);
        assertThat(ledger().marks()).containsExactly(first, new TickMark(claimed, TickMark.Run.ENDED));
    }

    @Test
    void each_tick_is_claimed_once_and_none_that_is_older() {
        begin();
        var first = claim(START.plusSeconds(60), START.plusSeconds(60)).orElseThrow();
        ledger().done(first);

        assertThat(first).isEqualTo(new Tick(SWEEP, START.plusSeconds(60), 1));
        assertThat(claim(START.plusSeconds(60), START.plusSeconds(61))).isEmpty();
        assertThat(claim(START.plusSeconds(30), START.plusSeconds(62))).isEmpty();
        assertThat(claim(Instant.EPOCH, START.plusSeconds(63))).isEmpty();
        assertThat(claim(START.plusSeconds(120), START.plusSeconds(120)))
                .contains(new Tick(SWEEP, START.plusSeconds(120), 1));
    }

    @Test
    @Tag("R-02")
    void of_many_that_claim_a_tick_at_once_one_gets_it() {
        begin();

        var claims = AtOnce.run(20, number -> () -> claim(START.plusSeconds(60), START.plusSeconds(60)));

        assertThat(claims.stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    void of_many_that_see_a_schedule_first_none_gets_a_tick() {
        var claims = AtOnce.run(20, number -> () -> claim(START, START));

        assertThat(claims.stream().flatMap(Optional::stream)).isEmpty();
    }

    @Test
    @Tag("R-03")
    void a_run_whose_claim_has_ended_is_taken_over_with_another_attempt() {
        begin();
        var first = claim(START.plusSeconds(60), START.plusSeconds(60)).orElseThrow();

        assertThat(claim(START.plusSeconds(60), START.plusSeconds(119))).isEmpty();
        var second = claim(Instant.EPOCH, START.plusSeconds(120)).orElseThrow();
        assertThat(second).isEqualTo(new Tick(SWEEP, START.plusSeconds(60), 2));

        ledger().done(first);
        assertThat(ledger().hold(first, START.plusSeconds(600))).isFalse();
        assertThat(claim(START.plusSeconds(120), START.plusSeconds(121))).isEmpty();
        ledger().done(second);
        assertThat(claim(START.plusSeconds(120), START.plusSeconds(122))).isPresent();
    }

    @Test
    @Tag("R-05")
    void while_a_run_is_held_no_other_tick_is_claimed() {
        begin();
        var run = claim(START.plusSeconds(60), START.plusSeconds(60)).orElseThrow();

        assertThat(ledger().hold(run, START.plusSeconds(300))).isTrue();
        assertThat(claim(START.plusSeconds(240), START.plusSeconds(299))).isEmpty();
        ledger().done(run);

        assertThat(ledger().hold(run, START.plusSeconds(600))).isFalse();
        assertThat(claim(START.plusSeconds(240), START.plusSeconds(299)))
                .contains(new Tick(SWEEP, START.plusSeconds(240), 1));
    }

    @Test
    void a_schedule_is_idle_when_its_run_has_ended_and_it_fell_due_before() {
        begin();

        assertThat(ledger().idleSince(START)).isEmpty();
        assertThat(ledger().idleSince(START.plusMillis(1))).containsExactly(SWEEP);
        var run = claim(START.plusSeconds(60), START.plusSeconds(60)).orElseThrow();
        assertThat(ledger().idleSince(START.plusSeconds(600))).isEmpty();
        ledger().done(run);
        assertThat(ledger().idleSince(START.plusSeconds(60))).isEmpty();
        assertThat(ledger().idleSince(START.plusSeconds(61))).containsExactly(SWEEP);
    }

    @Test
    void a_schedule_that_was_forgotten_is_as_one_that_was_never_seen() {
        begin();

        ledger().forget(SWEEP, START);
        assertThat(ledger().idleSince(START.plusSeconds(1))).containsExactly(SWEEP);
        ledger().forget(SWEEP, START.plusSeconds(1));

        assertThat(ledger().idleSince(START.plusSeconds(1))).isEmpty();
        assertThat(claim(START.plusSeconds(60), START.plusSeconds(60))).isEmpty();
        assertThat(claim(START.plusSeconds(120), START.plusSeconds(120))).isPresent();
    }

    @Test
    void a_schedule_whose_run_lasts_is_not_forgotten() {
        begin();
        assertThat(claim(START.plusSeconds(60), START.plusSeconds(60))).isPresent();

        ledger().forget(SWEEP, START.plusSeconds(600));

        assertThat(claim(Instant.EPOCH, START.plusSeconds(180))).contains(new Tick(SWEEP, START.plusSeconds(60), 2));
    }

    @Test
    void schedules_know_nothing_of_each_other() {
        var other = new TaskName("other");
        begin();
        ledger().claim(other, new TickClaim(Instant.EPOCH, START, START.plus(HELD)));

        var claimed = Stream.of(SWEEP, other)
                .flatMap(schedule -> ledger()
                        .claim(
                                schedule,
                                new TickClaim(START.plusSeconds(60), START.plusSeconds(60), START.plusSeconds(120)))
                        .stream());

        assertThat(claimed).extracting(Tick::schedule).containsExactly(SWEEP, other);
    }

    private void begin() {
        assertThat(claim(Instant.EPOCH, START)).isEmpty();
    }

    private Optional<Tick> claim(Instant newest, Instant now) {
        return ledger().claim(SWEEP, new TickClaim(newest, now, now.plus(HELD)));
    }
}
