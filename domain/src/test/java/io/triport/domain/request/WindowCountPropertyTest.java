package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class WindowCountPropertyTest {
    private static final Duration WINDOW = Duration.ofNanos(6_000_001);
    private static final long EPOCH = 1_790_000_000_000_000_000L;

    private record Take(long at, long units) {}

    @Property
    void in_no_interval_of_the_windows_length_more_than_the_limit_is_taken(
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll boolean log,
            @ForAll @LongRange(min = -50_000_000, max = 50_000_000) long start,
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 900_000) Long> steps) {
        var limit = limit(log ? LimitAlgorithm.SLIDING_LOG : LimitAlgorithm.SLIDING_WINDOW, most);
        var taken = new ArrayList<Take>();
        var count = WindowCount.of(limit);
        var now = start;

        for (var step : steps) {
            now += step;
            takeIfRoom(count, limit, new Take(now, 1 + step % 3), taken);
        }

        assertThat(taken)
                .allSatisfy(first -> assertThat(within(taken, first.at())).isLessThanOrEqualTo(most));
    }

    @Property
    void room_comes_back_at_most_one_slot_late(
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 900_000) Long> steps) {
        var slot = WINDOW.toNanos() / 60 + 1;
        var coarse = WindowCount.of(limit(LimitAlgorithm.SLIDING_WINDOW, most));
        var fine = WindowCount.of(limit(LimitAlgorithm.SLIDING_LOG, most));
        var now = 0L;

        for (var step : steps) {
            now += step;
            coarse.advance(now);
            fine.advance(now);
            if (coarse.taken() < most) {
                coarse.add(now, 1);
                fine.add(now, 1);
            } else {
                var late = coarse.nanosUntil(most - 1, now) - fine.nanosUntil(most - 1, now);
                assertThat(late).isBetween(0L, slot + 60);
            }
        }
    }

    @Property
    void room_is_there_when_it_was_said_to_be_and_not_before(
            @ForAll LimitAlgorithm algorithm,
            @ForAll @Size(min = 1, max = 100) List<@LongRange(min = 0, max = 900_000) Long> steps,
            @ForAll @IntRange(max = 20) int wanted) {
        Assume.that(algorithm != LimitAlgorithm.TOKEN_BUCKET);
        var limit = limit(algorithm, 20);
        var count = WindowCount.of(limit);
        var now = 0L;
        for (var step : steps) {
            now += step;
            takeIfRoom(count, limit, new Take(now, 1 + step % 3), new ArrayList<>());
        }
        count.advance(now);
        var wait = count.nanosUntil(wanted, now);

        var before = WindowCount.parse(limit, count.toBytes());
        before.advance(now + Math.max(0, wait - 1));
        count.advance(now + wait);

        assertThat(count.taken()).isLessThanOrEqualTo(wanted);
        assertThat(wait == 0 || before.taken() > wanted).isTrue();
    }

    @Property
    void what_is_written_down_reads_back_the_same(
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 900_000) Long> steps) {
        var limit = limit(LimitAlgorithm.SLIDING_WINDOW, 1_000);
        var count = WindowCount.of(limit);
        var now = EPOCH;
        for (var step : steps) {
            now += step;
            count.add(now, 1);
        }
        count.advance(now);

        var read = WindowCount.parse(limit, count.toBytes());

        assertThat(read.toBytes()).isEqualTo(count.toBytes());
        assertThat(read.taken()).isEqualTo(count.taken());
        assertThat(read.nanosUntil(0, now)).isEqualTo(count.nanosUntil(0, now));
    }

    @Property
    void what_was_taken_stays_taken_when_the_window_changes(
            @ForAll @IntRange(min = 1, max = 50) int units, @ForAll @LongRange(min = 1, max = 1_000) long millis) {
        var other = RateLimit.of(LimitAlgorithm.FIXED, 100, Duration.ofMillis(millis), LimitScope.LOCAL);
        var count = WindowCount.of(limit(LimitAlgorithm.SLIDING_WINDOW, 100));
        count.add(EPOCH, units);

        var changed = WindowCount.parse(other, count.toBytes());
        changed.advance(EPOCH);

        assertThat(changed.taken()).isEqualTo(units);
    }

    @Property
    void a_clock_that_goes_back_gives_nothing_back(@ForAll @LongRange(min = 0, max = 100_000_000) long back) {
        var count = WindowCount.of(limit(LimitAlgorithm.SLIDING_LOG, 10));
        count.add(EPOCH, 4);

        count.advance(EPOCH - back);
        count.add(EPOCH - back, 1);

        assertThat(count.taken()).isEqualTo(5);
    }

    private static void takeIfRoom(WindowCount count, RateLimit limit, Take take, List<Take> taken) {
        count.advance(take.at());
        if (count.taken() + take.units() <= limit.limit()) {
            count.add(take.at(), take.units());
            taken.add(take);
        }
    }

    private static long within(List<Take> taken, long from) {
        return taken.stream()
                .filter(take -> take.at() >= from && take.at() < from + WINDOW.toNanos())
                .mapToLong(Take::units)
                .sum();
    }

    private static RateLimit limit(LimitAlgorithm algorithm, long units) {
        return RateLimit.of(algorithm, units, WINDOW, LimitScope.LOCAL);
    }
}
