package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.time.Ticker;
import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each setting of an upstream changes in where requests go, how long they are waited for, and what becomes of them. */
@ExtendWith(LeakWatch.class)
final class UpstreamKeysTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String ONCE = "retry: {attempts: 1}\n    ";
    private static final String STURDY = "breaker: {failures: 1000, minRequests: 1000}\n    ";

    @Test
    void a_weight_is_a_share_and_without_one_nothing_comes() {
        try (var heavy = named("heavy");
                var light = named("light");
                var none = named("none");
                var gateway = start("", target(heavy, ", weight: 3"), target(light, ""), target(none, ", weight: 0"))) {
            var answers = bodies(gateway, 8, "");

            assertThat(answers).filteredOn("heavy"::equals).hasSize(6);
            assertThat(answers).filteredOn("light"::equals).hasSize(2);
        }
    }

    @Test
    void the_fewest_requests_decide_where_that_is_asked_for() throws InterruptedException {
        var holders = new LinkedBlockingQueue<String>();
        try (var first = holding("first", holders);
                var second = holding("second", holders);
                var gateway = start("balance: least-requests", first, second);
                var client = gateway.connect()) {
            client.send("GET /held HTTP/1.1\nHost: a\n\n");
            var holder = holders.take();

            assertThat(bodies(gateway, 6, "")).hasSize(6).doesNotContain(holder);
        }
    }

    /** One that never answers what it is to hold. */
    private static Upstream holding(String name, Queue<String> holders) {
        return Upstream.doing((request, socket) -> {
            if (request.line().contains("/held")) {
                holders.add(name);
            } else {
                Upstream.write(socket, Upstream.ok(name));
            }
        });
    }

    @Test
    void one_owner_stays_with_one_server_and_who_that_is_is_told() {
        try (var first = named("first");
                var second = named("second");
                var byField = start("balance: consistent-hash\n    hash: \"header:X-Tenant\"", first, second);
                var byAddress = start("balance: consistent-hash\n    hash: ip", first, second)) {
            var tenants = new ArrayList<String>();
            for (var tenant = 0; tenant < 32; tenant++) {
                var answers = bodies(byField, 3, "X-Tenant: " + tenant + "\n");
                assertThat(answers).containsOnly(answers.getFirst());
                tenants.add(answers.getFirst());
            }
            assertThat(tenants).contains("first", "second");

            var ofOneAddress = bodies(byAddress, 32, "");
            assertThat(ofOneAddress).containsOnly(ofOneAddress.getFirst());
        }
    }

    @Test
    void a_connection_that_nobody_uses_is_closed_in_its_time() throws InterruptedException {
        try (var upstream = named("hello");
                var gateway = start("pool: {idle: 50ms}", upstream)) {
            assertThat(gateway.send(GET).status()).isEqualTo(200);

            assertThat(upstream.clientLeft()).isTrue();
        }
    }

    @Test
    void a_connection_that_does_not_come_about_is_given_up_before_the_request_is() {
        var silent = Upstream.doing((request, socket) -> {});
        try (silent;
                var gateway = start(
                        ONCE + "timeout: {connect: 50ms, total: 1s}",
                        "{url: \"" + silent.url().replace("http:", "https:") + "\"}")) {
            // A server that never takes part in the handshake; without the setting the request would end first, as 504.
            assertThat(gateway.send(GET).status()).isEqualTo(502);
        }
    }

    @Test
    void all_attempts_together_have_their_time() {
        try (var upstream = Upstream.doing((request, socket) -> {});
                var gateway = start(ONCE + "timeout: {firstByte: 1h, total: 50ms}", upstream)) {
            assertThat(gateway.send(GET).status()).isEqualTo(504);
        }
    }

    @Test
    void one_attempt_has_its_time_and_the_next_one_another() {
        try (var silent = Upstream.doing((request, socket) -> {});
                var quick = named("quick");
                var gateway = start(
                        "retry: {perTry: 50ms, backoff: 0s..1ms, budget: 100%}\n"
                                + "    timeout: {firstByte: 1h, total: 20s}",
                        silent, quick)) {
            assertThat(gateway.send(GET).body()).isEqualTo("quick");
        }
    }

    @Test
    void who_would_wait_longer_than_there_is_time_for_does_not_try_again() {
        try (var busy = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.answer(503, "busy")));
                var quick = named("quick");
                var patient =
                        start("retry: {backoff: 30s..30s, budget: 100%}\n    timeout: {total: 200ms}", busy, quick);
                var eager = start("retry: {backoff: 0s..1ms, budget: 100%}\n    timeout: {total: 20s}", busy, quick)) {
            assertThat(patient.send(GET).body()).isNotEqualTo("quick");
            assertThat(eager.send(GET).body()).isEqualTo("quick");
        }
    }

    @Test
    void a_second_server_is_asked_after_its_time_and_for_its_methods() {
        try (var silent = Upstream.doing((request, socket) -> {});
                var quick = named("quick")) {
            for (var hedge : new String[] {"hedge: {after: 1h}", "hedge: {after: 1ms, methods: [HEAD]}"}) {
                try (var gateway = start(hedge + "\n    " + ONCE + "timeout: {total: 200ms}", silent, quick)) {
                    assertThat(gateway.send(GET).status()).as(hedge).isEqualTo(504);
                    assertThat(quick.seen()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'path: /ok', 200",
        "'path: /other', 503",
        "'path: /ok, expect: 200', 200",
        "'path: /ok, expect: 204', 503",
        "'path: /other, unhealthyAfter: 1000', 200"
    })
    void a_target_is_asked_for_its_page_and_what_it_says_is_judged_by_what_is_expected(String health, int status)
            throws InterruptedException {
        var asked = new Semaphore(0);
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (request.line().contains(" / ")) {
                        Upstream.write(socket, Upstream.ok("hello"));
                    } else {
                        Upstream.write(socket, Upstream.answer(request.line().contains("/ok") ? 200 : 404, ""));
                        asked.release();
                    }
                });
                var gateway = start("health: {every: 10ms, timeout: 1h, " + health + "}", upstream)) {
            asked.acquire(6); // three wrong answers have been heard for certain

            assertThat(gateway.send(GET).status()).isEqualTo(status);
        }
    }

    @Test
    void a_target_is_well_again_only_after_as_many_right_answers_as_are_wanted() throws InterruptedException {
        var asked = new Semaphore(0);
        var status = new AtomicInteger(500);
        try (var upstream = Upstream.doing((request, socket) -> {
                    var health = request.line().contains("/health");
                    Upstream.write(socket, Upstream.answer(health ? status.get() : 200, "hello"));
                    asked.release(health ? 1 : 0);
                });
                var gateway =
                        start("health: {every: 10ms, timeout: 1h, unhealthyAfter: 1, healthyAfter: 1000}", upstream)) {
            asked.acquire(3);
            status.set(200);
            asked.drainPermits();
            asked.acquire(6);

            assertThat(gateway.send(GET).status()).isEqualTo(503);
        }
    }

    @Test
    void a_question_that_is_not_answered_is_asked_again_after_its_time() throws InterruptedException {
        var asked = new Semaphore(0);
        try (var upstream = Upstream.doing((request, socket) -> asked.release());
                var gateway = start("health: {every: 10ms, timeout: 20ms, unhealthyAfter: 1}", upstream)) {
            // Each question would take the 2 s that it has without the setting.
            assertThat(asked.tryAcquire(30, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.send(GET).status()).isEqualTo(503);
        }
    }

    @Test
    void a_breaker_opens_at_its_share_of_failures_and_not_below() {
        var answers = new Answers(200, 503, 200, 503, 503, 503, 503, 200);
        try (answers;
                var gateway =
                        start(ONCE + "breaker: {failures: 1000, minRequests: 4, errorRate: 0.7}", answers.upstream)) {
            // Of 4, 5 and 6 the failures are 0.5, 0.6 and 0.67; of 7 they are 0.71.
            statuses(gateway, 200, 503, 200, 503, 503, 503, 503);

            assertThat(gateway.send(GET).body()).contains("\"code\":\"circuit-open\"");
        }
    }

    @Test
    void failures_before_the_window_do_not_count() {
        var ticker = new SettableTicker();
        var answers = new Answers(503, 503, 200);
        try (answers;
                var gateway = start(
                        ticker,
                        ONCE + "breaker: {failures: 1000, window: 5s, minRequests: 2, errorRate: 0.5}",
                        target(answers.upstream, ""))) {
            statuses(gateway, 503);
            ticker.advance(Duration.ofSeconds(10));

            statuses(gateway, 503, 200);
        }
    }

    @Test
    void as_many_probes_pass_as_are_allowed_and_as_many_close_it_as_are_wanted() throws InterruptedException {
        var ticker = new SettableTicker();
        var arrived = new Semaphore(0);
        var go = new CountDownLatch(1);
        var status = new AtomicInteger(503);
        try (var upstream = Upstream.doing((request, socket) -> {
                    arrived.release();
                    if (status.get() == 200) {
                        await(go);
                    }
                    Upstream.write(socket, Upstream.answer(status.get(), "hello"));
                });
                var gateway = start(
                        ticker,
                        ONCE + "breaker: {failures: 1, minRequests: 1, open: 9s, halfOpenProbes: 2, closeAfter: 1}",
                        target(upstream, ""));
                var first = gateway.connect();
                var second = gateway.connect();
                var third = gateway.connect();
                var fourth = gateway.connect()) {
            statuses(gateway, 503);
            assertThat(gateway.send(GET).field("retry-after")).isEqualTo("9");
            ticker.advance(Duration.ofSeconds(9));
            status.set(200);
            first.send(GET);
            second.send(GET);
            arrived.acquire(3);

            assertThat(gateway.send(GET).status()).isEqualTo(503);
            go.countDown();
            assertThat(first.reply().status()).isEqualTo(200);
            assertThat(second.reply().status()).isEqualTo(200);
            // One good probe was enough: more than two may be under way at once.
            third.send(GET);
            fourth.send(GET);
            statuses(gateway, 200);
            assertThat(third.reply().status()).isEqualTo(200);
            assertThat(fourth.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void errors_of_the_server_count_where_that_is_asked_for() {
        var answers = new Answers(500, 500, 500);
        try (answers;
                var gateway = start(
                        ONCE + "breaker: {failures: 3, minRequests: 3, countServerErrors: true}", answers.upstream)) {
            statuses(gateway, 500, 500, 500);

            assertThat(gateway.send(GET).body()).contains("\"code\":\"circuit-open\"");
        }
    }

    /** A server that answers each request as is written, and the last for ever. */
    private static final class Answers implements AutoCloseable {
        private final AtomicInteger asked = new AtomicInteger();
        private final Upstream upstream;

        Answers(int... statuses) {
            upstream = Upstream.doing((request, socket) -> Upstream.write(
                    socket,
                    Upstream.answer(
                            statuses[Math.min(asked.getAndIncrement(), statuses.length - 1)], "of the upstream")));
        }

        @Override
        public void close() {
            upstream.close();
        }
    }

    private static void statuses(GatewayUnderTest gateway, int... expected) {
        for (var status : expected) {
            var reply = gateway.send(GET);
            assertThat(reply.body()).doesNotContain("circuit-open");
            assertThat(reply.status()).isEqualTo(status);
        }
    }

    private static List<String> bodies(GatewayUnderTest gateway, int requests, String fields) {
        var bodies = new ArrayList<String>();
        for (var i = 0; i < requests; i++) {
            bodies.add(gateway.send("GET / HTTP/1.1\nHost: a\n" + fields + "\n").body());
        }
        return bodies;
    }

    private static Upstream named(String name) {
        return Upstream.answering(Upstream.ok(name));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String target(Upstream upstream, String more) {
        return "{url: \"" + upstream.url() + "\"" + more + "}";
    }

    private static GatewayUnderTest start(String settings, Upstream... upstreams) {
        return start(
                settings,
                List.of(upstreams).stream()
                        .map(upstream -> target(upstream, ""))
                        .toArray(String[]::new));
    }

    private static GatewayUnderTest start(String settings, String... targets) {
        return start(Ticker.system(), settings, targets);
    }

    private static GatewayUnderTest start(Ticker ticker, String settings, String... targets) {
        var file =
                """
                identity:
                  anyone: {type: public}
                upstreams:
                  users:
                    targets: [%s]
                    %s
                routes:
                  - {id: users, match: {path: /}, identity: [anyone], upstream: users}
                """.formatted(String.join(", ", targets), settings.contains("breaker:") ? settings : STURDY + settings);
        return GatewayUnderTest.start(file, Map.of(), Surroundings.real().at(ticker));
    }
}
