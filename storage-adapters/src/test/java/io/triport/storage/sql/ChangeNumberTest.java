package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ChangeNumberTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void numbers_grow_with_time_and_within_a_second() {
        var first = ChangeNumber.next(0, NOW);
        var second = ChangeNumber.next(first, NOW);
        var third = ChangeNumber.next(second, NOW.plusSeconds(1));

        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first).isLessThanOrEqualTo(ChangeNumber.lastOf(NOW));
        assertThat(third).isGreaterThan(ChangeNumber.lastOf(NOW));
        assertThat(ChangeNumber.follows(second, third)).isTrue();
        assertThat(ChangeNumber.follows(first, third)).isFalse();
        assertThat(ChangeNumber.follows(third, second)).isFalse();
    }

    @Test
    void a_clock_that_goes_back_takes_no_number_back() {
        var before = ChangeNumber.next(0, NOW);

        var after = ChangeNumber.next(before, NOW.minusSeconds(3600));

        assertThat(after).isGreaterThan(before);
        assertThat(ChangeNumber.second(after)).isEqualTo(ChangeNumber.second(before));
    }

    @Test
    void a_count_that_is_full_begins_again_in_a_later_second() {
        var full = ChangeNumber.of(ChangeNumber.second(NOW), -1);

        var next = ChangeNumber.next(full, NOW);

        assertThat(next).isGreaterThan(full);
        assertThat(ChangeNumber.follows(full, next)).isTrue();
    }

    @Test
    void a_database_that_only_counted_goes_on_from_there() {
        var before = ChangeNumber.of(0, 41);

        assertThat(ChangeNumber.next(before, NOW)).isEqualTo(ChangeNumber.of(ChangeNumber.second(NOW), 42));
    }
}
