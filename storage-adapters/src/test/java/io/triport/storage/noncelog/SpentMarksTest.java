package io.triport.storage.noncelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpentMarksTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void two_million_live_marks_cost_less_than_eighty_megabytes() {
        var marks = new SpentMarks(LogBench.MEMORY, 7);
        var random = new Random(7);
        var most = 0L;

        for (var second = 0; second < 400; second++) {
            var now = moment(second);
            marks.forget(now);
            for (var i = 0; i < 10_000; i++) {
                var mark = new Mark(random.nextLong(), random.nextLong());
                marks.spend(mark, now.keepUntil(now.wall().plus(LogBench.MEMORY)), now);
            }
            most = Math.max(most, marks.heldBytes());
        }

        assertThat(most).isBetween(50_000_000L, 80_000_000L);
    }

    @Test
    void all_marks_are_given_back_in_the_end() {
        var marks = new SpentMarks(LogBench.MEMORY, 7);
        var now = moment(0);
        for (var i = 0; i < 1_000; i++) {
            marks.spend(new Mark(i, i), now.keepUntil(now.wall().plus(LogBench.MEMORY)), now);
        }

        assertThat(marks.forget(moment(179))).isZero();
        assertThat(marks.forget(moment(180))).isEqualTo(1_000);
        assertThat(marks.heldBytes()).isZero();
    }

    private static Moment moment(int second) {
        return new Moment(START.plusSeconds(second), Duration.ofSeconds(second).toNanos());
    }
}
