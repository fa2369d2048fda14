package io.triport.identity.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.signer.KeySchedule.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class KeyScheduleTest {
    private static final SignerKey FIRST = SignerKey.parse(Secret.of(PrivateKeyPem.generate(SigningAlgorithm.ES256)));
    private static final SignerKey SECOND = SignerKey.parse(Secret.of(PrivateKeyPem.generate(SigningAlgorithm.EDDSA)));
    private static final Instant CHANGE = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final KeySchedule SCHEDULE =
            new KeySchedule(List.of(new Turn(FIRST, Instant.MIN), new Turn(SECOND, CHANGE)), LIFE);

    @Test
    void a_key_signs_from_its_first_use_to_that_of_the_next() {
        assertThat(SCHEDULE.signing(Instant.EPOCH)).isEqualTo(FIRST);
        assertThat(SCHEDULE.signing(CHANGE.minusNanos(1))).isEqualTo(FIRST);
        assertThat(SCHEDULE.signing(CHANGE)).isEqualTo(SECOND);
    }

    @Test
    void a_key_is_published_a_day_before_its_first_use_and_a_day_after_its_last_token() {
        var announced = CHANGE.minus(Duration.ofHours(24));
        var forgotten = CHANGE.plus(LIFE).plus(Duration.ofHours(24));

        assertThat(SCHEDULE.published(announced.minusNanos(1))).containsExactly(FIRST);
        assertThat(SCHEDULE.published(announced)).containsExactly(FIRST, SECOND);
        assertThat(SCHEDULE.published(forgotten.minusNanos(1))).containsExactly(FIRST, SECOND);
        assertThat(SCHEDULE.published(forgotten)).containsExactly(SECOND);
    }

    @Property
    void the_key_that_signs_is_always_published(@ForAll @IntRange(min = -200_000, max = 200_000) int seconds) {
        var now = CHANGE.plusSeconds(seconds);

        assertThat(SCHEDULE.published(now)).contains(SCHEDULE.signing(now));
    }

    @Test
    void a_new_key_follows_a_day_later_at_the_earliest() {
        var before = KeySchedule.of(FIRST, LIFE);

        assertThat(SCHEDULE.follows(before, CHANGE.minus(Duration.ofHours(24)))).isTrue();
        assertThat(SCHEDULE.follows(before, CHANGE.minus(Duration.ofHours(24)).plusNanos(1)))
                .isFalse();
        assertThat(KeySchedule.of(SECOND, LIFE).follows(SCHEDULE, CHANGE)).isTrue();
        assertThat(KeySchedule.of(SECOND, LIFE).follows(before, CHANGE)).isFalse();
    }

    @Test
    void a_schedule_has_keys_once_and_in_order() {
        assertThatThrownBy(() -> new KeySchedule(List.of(), LIFE)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new KeySchedule(List.of(new Turn(FIRST, Instant.MIN), new Turn(FIRST, CHANGE)), LIFE))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new KeySchedule(List.of(new Turn(FIRST, CHANGE), new Turn(SECOND, CHANGE)), LIFE))
                .isInstanceOf(InvalidInput.class);
    }
}
