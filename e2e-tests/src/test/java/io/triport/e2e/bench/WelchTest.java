package io.triport.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WelchTest {
    /** Means 3 and 6, variances 2.5 and 10, five values each: -3 / sqrt(0.5 + 2). */
    @Test
    void t_is_the_distance_of_the_means_by_its_spread() {
        var t = Welch.t(new long[] {1, 2, 3, 4, 5}, new long[] {2, 4, 6, 8, 10});

        assertThat(t).isEqualTo(-1.8973666, within(1e-6));
    }

    @Test
    void samples_of_one_kind_are_not_told_apart_and_those_of_two_are() {
        var random = new Random(20_261_121);
        var one = noise(random, 1_000);
        var same = noise(random, 1_000);
        var other = noise(random, 1_010);

        assertThat(Math.abs(Welch.t(one, same))).isLessThan(Welch.CERTAIN);
        assertThat(Math.abs(Welch.t(one, other))).isGreaterThan(Welch.CERTAIN);
    }

    private static long[] noise(Random random, long mean) {
        return LongStream.generate(() -> mean + random.nextInt(-50, 51))
                .limit(20_000)
                .toArray();
    }

    @Test
    void what_is_always_the_same_is_no_distance_or_all_of_it() {
        assertThat(Welch.t(new long[] {1, 1}, new long[] {1, 1})).isZero();
        assertThat(Welch.t(new long[] {2, 2}, new long[] {1, 1})).isPositive().isInfinite();
    }

    @Test
    void nothing_can_be_said_of_a_single_value() {
        assertThatThrownBy(() -> Welch.t(new long[] {1}, new long[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_longest_are_left_out_by_a_bound_of_both() {
        var first = new long[] {1, 2, 3, 4, 100};
        var second = new long[] {1, 2, 3, 4, 5};

        assertThat(Welch.upTo(first, Welch.quantile(first, second, 0.85))).containsExactly(1, 2, 3, 4);
    }
}
