package io.triport.identity.verified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Fetch;
import io.triport.identity.jwt.TestFetches;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VerifiedCacheTest {
    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final Turnstile turnstile = new Turnstile(Duration.ofHours(1));
    private final VerifiedCache cache = new VerifiedCache(ticker);
    private final IdentityMechanism remembering = over(turnstile);

    @Test
    void a_verification_is_used_again_for_a_minute_and_says_how_old_it_is() {
        var first = verify("good");
        pass(Duration.ofMillis(59_999));

        assertThat(verify("good")).isEqualTo(first);
        assertThat(turnstile.judged()).isOne();

        pass(Duration.ofMillis(1));
        assertThat(verify("good")).isNotEqualTo(first);
        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void a_verification_that_the_wall_clock_calls_too_old_is_made_anew() {
        verify("good");
        clock.advance(Duration.ofSeconds(60));
        ticker.advance(Duration.ofMillis(59_990));

        verify("good");

        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void each_credential_is_judged_by_itself() {
        verify("good-a");
        verify("good-b");
        verify("good-a");

        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void a_credential_is_not_remembered_beyond_its_own_end() {
        var brief = new Turnstile(Duration.ofSeconds(10));
        var mechanism = over(brief);
        mechanism.verify(showing("good"), clock.instant());
        pass(Duration.ofMillis(9_999));
        mechanism.verify(showing("good"), clock.instant());
        assertThat(brief.judged()).isOne();

        pass(Duration.ofMillis(1));
        mechanism.verify(showing("good"), clock.instant());

        assertThat(brief.judged()).isEqualTo(2);
    }

    @Test
    void a_refusal_is_not_remembered() {
        verify("bad");
        verify("bad");

        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void what_was_taken_back_is_refused_at_once() {
        verify("good");
        turnstile.revokes("good");

        assertThat(verify("good")).isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(turnstile.judged()).isOne();
    }

    @Test
    void other_keys_make_everything_be_judged_anew() {
        verify("good");
        turnstile.replacesItsKeys();
        verify("good");

        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void a_clock_that_is_set_back_makes_everything_be_judged_anew() {
        verify("good-a");
        pass(Duration.ofSeconds(20));
        verify("good-b");
        clock.advance(Duration.ofSeconds(-30));
        verify("good-a");
        assertThat(turnstile.judged()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(-2));
        verify("good-a");
        verify("good-b");

        assertThat(turnstile.judged()).isEqualTo(4);
    }

    @Test
    void a_changed_configuration_has_a_memory_of_its_own() {
        verify("good");
        over(turnstile).verify(showing("good"), clock.instant());

        assertThat(turnstile.judged()).isEqualTo(2);
    }

    @Test
    void a_known_credential_is_quick_and_an_unknown_one_is_not() {
        assertThat(remembering.quick(showing("good"))).isFalse();
        verify("good");
        assertThat(remembering.quick(showing("good"))).isTrue();

        turnstile.replacesItsKeys();
        assertThat(remembering.quick(showing("good"))).isFalse();
        verify("good");
        ticker.advance(Duration.ofSeconds(60));
        assertThat(remembering.quick(showing("good"))).isFalse();
    }

    @Test
    void only_a_known_credential_is_verified_at_once() {
        assertThat(remembering.verifyAtOnce(showing("good"), clock.instant())).isEmpty();
        assertThat(turnstile.judged()).isZero();
        var known = verify("good");

        assertThat(remembering.verifyAtOnce(showing("good"), clock.instant())).contains(known);
        assertThat(turnstile.judged()).isOne();
    }

    @Test
    void without_a_memory_the_mechanism_stays_itself() {
        assertThat(cache.over(turnstile, Duration.ZERO, Turnstile.SKEW)).isSameAs(turnstile);
        assertThat(remembering.fresh()).isSameAs(turnstile);
    }

    @Test
    void a_minute_is_the_most() {
        assertThatThrownBy(() -> cache.over(turnstile, Duration.ofMillis(60_001), Turnstile.SKEW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("life");
    }

    @Test
    void what_was_not_used_for_longest_gives_way() {
        var small = new VerifiedCache(ticker, 1).over(turnstile, VerifiedCache.LONGEST, Turnstile.SKEW);
        for (var place = 0; place < 8; place++) {
            small.verify(showing("good-" + place), clock.instant());
            pass(Duration.ofMillis(1));
        }
        small.verify(showing("good-0"), clock.instant());
        pass(Duration.ofMillis(1));
        assertThat(turnstile.judged()).isEqualTo(8);

        small.verify(showing("good-8"), clock.instant());

        assertThat(small.quick(showing("good-0"))).isTrue();
        assertThat(small.quick(showing("good-1"))).isFalse();
        assertThat(small.quick(showing("good-2"))).isTrue();
        assertThat(small.quick(showing("good-8"))).isTrue();
    }

    @Test
    void the_size_follows_the_heap() {
        assertThat(VerifiedCache.rows(1L << 20)).isEqualTo(64);
        assertThat(VerifiedCache.rows(256L << 20)).isEqualTo(1_024);
        assertThat(VerifiedCache.rows(64L << 30)).isEqualTo(8_192);
    }

    private IdentityMechanism over(Turnstile mechanism) {
        return cache.over(mechanism, VerifiedCache.LONGEST, Turnstile.SKEW);
    }

    private IdentityOutcome verify(String credential) {
        return remembering.verify(showing(credential), clock.instant());
    }

    private void pass(Duration time) {
        clock.advance(time);
        ticker.advance(time);
    }

    private static Fetch showing(String credential) {
        return TestFetches.GET.with("x-ticket", credential).fetch();
    }
}
