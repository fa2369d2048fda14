package io.triport.objects.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.Method;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.identity.limit.LocalRateLimiter;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
    private static final RateLimit TWO = new RateLimit(2, Duration.ofSeconds(10), 2, LimitScope.LOCAL);

    private final SettableTicker ticker = new SettableTicker();
    private final TestGrants grants = new TestGrants(SettableClock.anywhere());
    private final RateLimiter limiter = new LocalRateLimiter(ticker);

    private static Fetch from(String address) {
        return TestRequests.fetch(Method.GET, "/data/k", Map.of(), address);
    }

    @Test
    void a_principal_is_counted_wherever_it_comes_from_and_gets_room_again_with_time() {
        var limits = new RateLimits(null, TWO, null);
        var grant = grants.of("somebody");

        limits.take(limiter, from("192.0.2.1"), grant);
        limits.take(limiter, from("192.0.2.2"), grant);
        assertThatThrownBy(() -> limits.take(limiter, from("192.0.2.3"), grant))
                .isInstanceOfSatisfying(S3Refused.class, refused -> {
                    assertThat(refused.error()).isEqualTo(S3Error.SLOW_DOWN);
                    assertThat(refused.fields())
                            .containsEntry("Retry-After", "5")
                            .containsEntry("RateLimit-Policy", "\"authenticated\";q=2;w=10")
                            .containsEntry("RateLimit", "\"authenticated\";r=0;t=5");
                });
        limits.take(limiter, from("192.0.2.1"), grants.of("somebody else"));

        ticker.advance(Duration.ofSeconds(5));
        limits.take(limiter, from("192.0.2.1"), grant);
    }

    @Test
    void who_asks_STS_is_counted_by_its_address_and_a_network_of_IPv6_is_one() {
        var limits = new RateLimits(null, null, TWO);

        assertThat(limits.takeSts(limiter, from("2001:db8::1"))).isEmpty();
        assertThat(limits.takeSts(limiter, from("2001:db8::2:0:0:1"))).isEmpty();
        assertThat(limits.takeSts(limiter, from("2001:db8::3"))).containsKeys("Retry-After", "RateLimit-Policy");
        assertThat(limits.takeSts(limiter, from("2001:db8:0:1::1"))).isEmpty();
        assertThat(limits.takeSts(limiter, from("192.0.2.1"))).isEmpty();
        assertThat(limits.takeSts(limiter, from("192.0.2.2"))).isEmpty();
    }

    @Test
    void without_a_limit_nobody_is_counted() {
        RateLimiter none = charges -> {
            throw new AssertionError("counted: " + charges);
        };

        new RateLimits(null, null, null).take(none, from("192.0.2.1"), grants.of("somebody"));

        assertThat(new RateLimits(null, null, null).takeSts(none, from("192.0.2.1")))
                .isEmpty();
    }
}
