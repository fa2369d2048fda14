package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A target that fails is left alone, and taken back when it answers. */
@ExtendWith(LeakWatch.class)
final class CircuitTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private final SettableTicker ticker = new SettableTicker();
    private final AtomicInteger status = new AtomicInteger(503);
    private final Semaphore answers = new Semaphore(1_000);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final CountDownLatch probe = new CountDownLatch(4);
    private final Upstream upstream = Upstream.doing((request, socket) -> {
        probe.countDown();
        if (silent.get()) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return;
        }
        answers.acquireUninterruptibly();
        Upstream.write(socket, Upstream.answer(status.get(), "upstream"));
    });
    private final GatewayUnderTest gateway = GatewayUnderTest.start(
            file(upstream.url()), Map.of(), Surroundings.real().at(ticker));

    @AfterEach
    void stop() {
        answers.release(1_000);
        gateway.close();
        upstream.close();
    }

    @Test
    void failures_in_a_row_open_it_and_then_nothing_is_sent() {
        open();

        var refused = gateway.send(GET);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"circuit-open\"");
        assertThat(refused.field("retry-after")).isEqualTo("20");
        assertThat(upstream.seen()).hasSize(3);
        ticker.advance(Duration.ofMillis(7_500));
        assertThat(gateway.send(GET).field("retry-after")).isEqualTo("13");
    }

    @Test
    void refusals_of_the_upstream_and_of_the_gateway_open_nothing() {
        for (var refusal : new int[] {400, 401, 404, 429, 500, 501}) {
            status.set(refusal);
            assertThat(gateway.send(GET).status()).isEqualTo(refusal);
        }
        for (var i = 0; i < 5; i++) {
            assertThat(gateway.send("GET /%2e%2e HTTP/1.1\nHost: a\n\n").status())
                    .isEqualTo(400);
        }

        status.set(200);
        assertThat(gateway.send(GET).status()).isEqualTo(200);
    }

    @Test
    void after_its_time_one_request_at_once_is_let_through() throws InterruptedException {
        open();
        status.set(200);
        answers.drainPermits();
        ticker.advance(Duration.ofSeconds(20));

        try (var first = gateway.connect()) {
            first.send(GET);
            probe.await();
            var second = gateway.send(GET);

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.body()).contains("\"code\":\"circuit-open\"");
            assertThat(second.field("retry-after")).isEqualTo("1");
            answers.release(1_000);
            assertThat(first.reply().status()).isEqualTo(200);
        }
        assertThat(gateway.send(GET).status()).isEqualTo(200);
        assertThat(gateway.send(GET).status()).isEqualTo(200);
        assertThat(upstream.seen()).hasSize(3 + 3);
    }

    @Test
    void a_probe_that_fails_doubles_the_time() {
        open();
        ticker.advance(Duration.ofSeconds(20));
        assertThat(gateway.send(GET).body()).isEqualTo("upstream");

        var refused = gateway.send(GET);

        assertThat(refused.field("retry-after")).isEqualTo("40");
        assertThat(upstream.seen()).hasSize(4);
    }

    @Test
    void a_probe_whose_client_goes_away_gives_its_place_to_another() throws InterruptedException {
        open();
        status.set(200);
        silent.set(true);
        ticker.advance(Duration.ofSeconds(20));
        var first = gateway.connect().send(GET);
        probe.await();

        first.reset();

        assertThat(upstream.clientLeft()).isTrue();
        silent.set(false);
        // The upstream may hear of the end a moment before the breaker does.
        var answer = 503;
        for (var i = 0; i < 1_000 && answer == 503; i++) {
            answer = gateway.send(GET).status();
        }
        assertThat(answer).isEqualTo(200);
    }

    @Test
    void connections_that_are_refused_are_failures() {
        try (var nobody = GatewayUnderTest.start(file("http://127.0.0.1:1"))) {
            for (var i = 0; i < 3; i++) {
                assertThat(nobody.send(GET).body()).contains("\"code\":\"upstream-unreachable\"");
            }

            assertThat(nobody.send(GET).body()).contains("\"code\":\"circuit-open\"");
        }
    }

    @Test
    void connections_that_break_are_failures() {
        upstream.resettingFirst(3);
        for (var i = 0; i < 3; i++) {
            assertThat(gateway.send(GET).body()).contains("\"code\":\"upstream-reset\"");
        }

        assertThat(gateway.send(GET).body()).contains("\"code\":\"circuit-open\"");
    }

    private void open() {
        for (var i = 0; i < 3; i++) {
            assertThat(gateway.send(GET).body()).isEqualTo("upstream");
        }
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets: [{url: "%s"}]
                retry: {attempts: 1}
                breaker: {failures: 3, window: 30s, minRequests: 3, errorRate: 1, open: 20s, halfOpenProbes: 1, closeAfter: 2}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(url);
    }
}
