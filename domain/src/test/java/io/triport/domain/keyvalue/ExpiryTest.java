package io.triport.domain.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000400Z");

    @Test
    void a_moment_has_passed_from_itself_on() {
        var expiry = Expiry.at(NOW.plusSeconds(1));

        assertThat(expiry.passed(NOW.plusSeconds(1).minusNanos(1))).isFalse();
        assertThat(expiry.passed(NOW.plusSeconds(1))).isTrue();
        assertThat(Expiry.NEVER.passed(Instant.MAX)).isFalse();
    }

    @Test
    void an_expiry_is_stored_in_whole_milliseconds() {
        assertThat(Expiry.after(Duration.ofSeconds(1)).settled(NOW))
                .isEqualTo(Expiry.at(Instant.parse("2026-01-01T00:00:01Z")));
        assertThat(Expiry.at(NOW.plusSeconds(1)).settled(NOW))
                .isEqualTo(Expiry.at(Instant.parse("2026-01-01T00:00:01Z")));
        assertThat(Expiry.NEVER.settled(NOW)).isEqualTo(Expiry.NEVER);
    }

    @Test
    void a_moment_that_is_past_once_it_is_whole_is_refused() {
        for (var past : new Instant[] {NOW, NOW.minusSeconds(1), NOW.plusNanos(500), Instant.MIN}) {
            assertThatThrownBy(() -> Expiry.at(past).settled(NOW))
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPIRES_IN_PAST));
        }
        assertThat(Expiry.at(NOW.plusMillis(1)).settled(NOW))
                .isEqualTo(Expiry.at(Instant.parse("2026-01-01T00:00:00.001Z")));
    }

    @Test
    void what_lies_too_far_ahead_is_never() {
        var longest = KvLimits.LONGEST_LIFETIME;

        assertThat(Expiry.after(longest).settled(NOW)).isInstanceOf(Expiry.At.class);
        assertThat(Expiry.after(longest.plusNanos(1)).settled(NOW)).isEqualTo(Expiry.NEVER);
        assertThat(Expiry.at(NOW.plus(longest)).settled(NOW)).isInstanceOf(Expiry.At.class);
        assertThat(Expiry.at(Instant.MAX).settled(NOW)).isEqualTo(Expiry.NEVER);
        assertThat(Expiry.after(Duration.ofSeconds(Long.MAX_VALUE)).settled(NOW))
                .isEqualTo(Expiry.NEVER);
    }

    @Test
    void a_lifetime_is_a_second_or_more() {
        assertThat(Expiry.after(Duration.ofSeconds(1)).passed(Instant.MAX)).isFalse();
        assertThatThrownBy(() -> Expiry.after(Duration.ofSeconds(1).minusNanos(1)))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.TTL_TOO_SHORT));
    }
}
