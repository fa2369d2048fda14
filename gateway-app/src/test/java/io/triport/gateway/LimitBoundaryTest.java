package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.launch.Surroundings;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whenever sixty-four clients press, no interval of a window's length sees more than the limit. */
@ExtendWith(LeakWatch.class)
final class LimitBoundaryTest {
    private static final int CLIENTS = 64;
    private static final int LIMIT = 100;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final SettableTicker ticker = new SettableTicker();

    /** Requests that were admitted at one moment. */
    private record Admitted(long at, int count) {}

    @Test
    void from_nothing_the_limit_is_admitted_and_not_one_more() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            assertThat(press(gateway, 4)).isEqualTo(LIMIT);
        }
    }

    @Test
    void no_interval_of_a_window_has_more() {
        var random = new Random(7);
        var history = new ArrayList<Admitted>();
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            for (var round = 0; round < 24; round++) {
                history.add(new Admitted(ticker.nanos(), press(gateway, 1)));
                ticker.advance(Duration.ofMillis(random.nextInt(20_000)));
            }
        }

        for (var first = 0; first < history.size(); first++) {
            var begin = history.get(first).at();
            var sum = history.stream()
                    .filter(moment -> moment.at() >= begin && moment.at() - begin < WINDOW.toNanos())
                    .mapToInt(Admitted::count)
                    .sum();
            assertThat(sum).isLessThanOrEqualTo(LIMIT);
        }
        // Room comes back at most a slot late, so the limit is used up again and again.
        assertThat(history.stream().mapToInt(Admitted::count).sum()).isGreaterThan(2 * LIMIT);
    }

    @Test
    void who_comes_back_when_told_to_is_admitted() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            press(gateway, 2);
            var refused = gateway.send("GET / HTTP/1.1\nHost: a\n\n");
            assertThat(refused.status()).isEqualTo(429);

            ticker.advance(Duration.ofSeconds(Long.parseLong(refused.field("retry-after"))));

            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").status()).isEqualTo(200);
        }
    }

    /** All clients at once. @return how many requests were admitted */
    private static int press(GatewayUnderTest gateway, int each) {
        List<Integer> admitted = AtOnce.run(CLIENTS, number -> () -> {
            var good = 0;
            try (var client = gateway.connect()) {
                for (var i = 0; i < each; i++) {
                    var status =
                            client.send("GET / HTTP/1.1\nHost: a\n\n").reply().status();
                    assertThat(status).isIn(200, 429);
                    good += status == 200 ? 1 : 0;
                }
            }
            return good;
        });
        return admitted.stream().mapToInt(Integer::intValue).sum();
    }

    private GatewayUnderTest start(Upstream upstream) {
        return GatewayUnderTest.start(
                """
                identity:
                  anyone: {type: public}
                rateLimits:
                  all: {limit: 100, window: 60s, key: [global]}
                upstreams:
                  users: {targets: [{url: "%s"}]}
                routes:
                  - {id: users, match: {path: /}, identity: [anyone], rateLimit: [all], upstream: users}
                """.formatted(upstream.url()), Map.of(), Surroundings.real().at(ticker));
    }
}
