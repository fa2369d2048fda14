package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Admission;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Lease lease = new Lease();

    @Test
    void units_that_nobody_waits_for_stay_until_the_slot_ends_and_a_few_until_the_window_does() {
        lease.add(grant(LimitAlgorithm.SLIDING_WINDOW, 30, Duration.ofMillis(60_400)), 0, 0);

        assertThat(lease.units(399 * MILLI, 0)).isEqualTo(30);
        assertThat(lease.units(400 * MILLI, 0)).isEqualTo(1);
        assertThat(lease.units(59_999 * MILLI, 0)).isEqualTo(1);
        assertThat(lease.units(60_000 * MILLI, 0)).isZero();
    }

    @Test
    void units_that_requests_wait_for_are_theirs() {
        lease.add(grant(LimitAlgorithm.SLIDING_WINDOW, 30, Duration.ofMillis(60_400)), 0, 20);

        assertThat(lease.units(400 * MILLI, 20)).isEqualTo(20);
    }

    @Test
    void of_a_fixed_window_all_stay_until_it_ends() {
        lease.add(grant(LimitAlgorithm.FIXED, 30, Duration.ofSeconds(10)), 0, 0);

        assertThat(lease.units(9_999 * MILLI, 0)).isEqualTo(30);
        assertThat(lease.units(10_000 * MILLI, 0)).isZero();
    }

    @Test
    void more_units_do_not_let_earlier_ones_stay_longer() {
        lease.add(grant(LimitAlgorithm.SLIDING_WINDOW, 30, Duration.ofMillis(60_400)), 0, 0);
        lease.add(grant(LimitAlgorithm.SLIDING_WINDOW, 30, Duration.ofMillis(60_900)), 100 * MILLI, 0);

        assertThat(lease.units(399 * MILLI, 0)).isEqualTo(60);
        assertThat(lease.units(400 * MILLI, 0)).isEqualTo(1);
    }

    @Test
    void a_request_that_needs_many_finds_them_when_it_comes_again() {
        lease.add(
                grant(LimitAlgorithm.SLIDING_WINDOW, 30, Duration.ofSeconds(60)).keeping(10), 0, 0);

        assertThat(lease.units(1, 0)).isEqualTo(10);
    }

    private static Lease.Grant grant(LimitAlgorithm algorithm, long units, Duration wholeAfter) {
        var limit = RateLimit.of(algorithm, 100, Duration.ofSeconds(60), LimitScope.SHARED);
        return Lease.Grant.of(limit, units, new Admission.Standing(limit, 0, wholeAfter), 0);
    }
}
