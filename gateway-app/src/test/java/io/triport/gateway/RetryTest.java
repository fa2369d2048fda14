package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, how often and where. */
@ExtendWith(LeakWatch.class)
final class RetryTest {
    private static final String NOWHERE = "http://127.0.0.1:1";
    private static final String EAGER = "retry: {methods: [GET, PUT, POST], backoff: 0s..1ms, budget: 100%}";
    private static final int REPLAYED = 64 * 1024;

    @Test
    void a_connection_that_is_refused_is_tried_elsewhere() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(EAGER, NOWHERE, upstream.url())) {
            var reply = gateway.send("GET / HTTP/1.1\nHost: a\nX-Retry-Count: 7\n\n");

            assertThat(reply.body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().fields("x-retry-count")).containsExactly("1");
        }
    }

    @Test
    void the_first_attempt_has_no_count_whatever_the_client_says() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(EAGER, upstream.url())) {
            gateway.send("GET / HTTP/1.1\nHost: a\nX-Retry-Count: 7\nX_Retry_Count: 7\n\n");

            assertThat(upstream.seen().getFirst().names()).doesNotContain("x-retry-count", "x_retry_count");
        }
    }

    @Test
    void a_reset_before_the_answer_is_tried_again() {
        try (var upstream = Upstream.answering(Upstream.ok("hello")).resettingFirst(1);
                var gateway = start(EAGER, upstream.url())) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").body()).isEqualTo("hello");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void an_answer_that_says_not_now_is_tried_elsewhere(int status) {
        try (var bad = Upstream.answering(Upstream.answer(status, "bad"));
                var good = Upstream.answering(Upstream.ok("good"));
                var gateway = start(EAGER, bad.url(), good.url())) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").body()).isEqualTo("good");
            assertThat(bad.seen()).hasSize(1);
            assertThat(good.seen()).hasSize(1);
        }
    }

    @Test
    void what_is_not_listed_is_not_tried_again_and_passes_as_it_is() {
        try (var upstream = Upstream.answering(Upstream.answer(503, "busy"));
                var gateway =
                        start("retry: {on: [connect-error, 502], budget: 100%, backoff: 0s..1ms}", upstream.url())) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n"))
                    .extracting(Client.Reply::status, Client.Reply::body)
                    .containsExactly(503, "busy");
            assertThat(upstream.seen()).hasSize(1);
        }
        try (var upstream = Upstream.answering(Upstream.answer(500, "broken"));
                var gateway = start(EAGER, upstream.url())) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").status()).isEqualTo(500);
            assertThat(upstream.seen()).hasSize(1);
        }
    }

    @Test
    void the_last_attempt_s_answer_passes_and_there_are_no_more_than_configured() {
        try (var upstream = Upstream.answering(Upstream.answer(503, "busy"));
                var gateway = start("retry: {attempts: 3, budget: 100%, backoff: 0s..1ms}", upstream.url())) {
            // A budget is a share of what was requested, and may only be used up by what came before.
            for (var i = 0; i < 3; i++) {
                gateway.send("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
            }
            var before = upstream.seen().size();

            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").body()).isEqualTo("busy");

            assertThat(upstream.seen().subList(before, upstream.seen().size()))
                    .extracting(request -> request.field("x-retry-count"))
                    .containsExactly("", "1", "2");
        }
    }

    @Test
    void a_method_that_is_not_listed_is_sent_once_and_post_needs_a_key_even_where_it_is() {
        try (var upstream = Upstream.answering(Upstream.answer(503, "busy"));
                var gateway = start(EAGER, upstream.url())) {
            assertThat(sent(gateway, upstream, "DELETE / HTTP/1.1\nHost: a\n\n"))
                    .isEqualTo(1);
            assertThat(sent(gateway, upstream, "POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi"))
                    .isEqualTo(1);
            assertThat(sent(gateway, upstream, "POST / HTTP/1.1\nHost: a\nIdempotency-Key: 1\nContent-Length: 2\n\nhi"))
                    .isEqualTo(2);
            assertThat(upstream.seen())
                    .last()
                    .extracting(Upstream.Request::body)
                    .isEqualTo("hi");
        }
    }

    @Test
    void after_the_head_of_an_answer_nothing_is_sent_again() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    Upstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    Upstream.reset(socket);
                });
                var gateway = start(EAGER, upstream.url())) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").whole()).isFalse();
            assertThat(upstream.seen()).hasSize(1);
        }
    }

    @Test
    void repeats_are_no_more_than_a_fifth_of_what_is_requested() {
        var still = new SettableTicker();
        try (var upstream = Upstream.answering(Upstream.answer(503, "busy"));
                var gateway = start(Surroundings.real().at(still), "retry: {backoff: 0s..1ms}", upstream.url())) {
            for (var i = 0; i < 50; i++) {
                assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").status()).isEqualTo(503);
            }

            assertThat(upstream.seen()).hasSize(50 + 10);
        }
    }

    @Test
    void a_budget_of_nothing_repeats_nothing() {
        try (var upstream = Upstream.answering(Upstream.answer(503, "busy"));
                var gateway = start("retry: {budget: 0%}", upstream.url())) {
            assertThat(sent(gateway, upstream, "GET / HTTP/1.1\nHost: a\n\n")).isEqualTo(1);
        }
    }

    @Test
    void a_short_body_is_sent_again_whole_in_either_framing() {
        var body = "x".repeat(REPLAYED - 1) + "y";
        try (var bad = Upstream.answering(Upstream.answer(503, "busy"));
                var good = Upstream.answering(Upstream.ok("good"));
                var gateway = start(EAGER, bad.url(), good.url())) {
            assertThat(gateway.send("PUT / HTTP/1.1\nHost: a\nContent-Length: " + body.length() + "\n\n" + body)
                            .body())
                    .isEqualTo("good");
            assertThat(gateway.send("PUT / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n8000\n"
                                    + body.substring(0x8000) + "\n8000\n" + body.substring(0x8000) + "\n0\n\n")
                            .body())
                    .isEqualTo("good");

            assertThat(good.seen().getFirst().body()).isEqualTo(body);
            assertThat(good.seen().getLast().body()).hasSize(REPLAYED).endsWith("y");
        }
    }

    @Test
    void a_longer_one_is_not_kept_and_not_sent_again() {
        var body = "x".repeat(REPLAYED + 1);
        try (var bad = Upstream.answering(Upstream.answer(503, "busy"));
                var good = Upstream.answering(Upstream.ok("good"));
                var gateway = start(EAGER, bad.url(), good.url())) {
            assertThat(gateway.send("PUT / HTTP/1.1\nHost: a\nContent-Length: " + body.length() + "\n\n" + body)
                            .body())
                    .isEqualTo("busy");
            assertThat(good.connections()).isZero();
        }
    }

    @Test
    void a_body_that_was_half_sent_is_sent_again_from_its_beginning() {
        try (var upstream = Upstream.answering(Upstream.ok("good")).resettingFirst(1);
                var gateway = start(EAGER, upstream.url());
                var client = gateway.connect()) {
            client.send("PUT / HTTP/1.1\nHost: a\nContent-Length: 10\n\nhello");
            client.send("world");

            assertThat(client.reply().body()).isEqualTo("good");
            assertThat(upstream.seen()).extracting(Upstream.Request::body).containsExactly("helloworld");
        }
    }

    @Test
    void a_connection_that_was_closed_while_idle_costs_no_request() {
        try (var upstream = closingAfterOne();
                var gateway = start(EAGER, upstream.url());
                var client = gateway.connect()) {
            for (var i = 0; i < 5; i++) {
                assertThat(client.send("GET / HTTP/1.1\nHost: a\n\n").reply().body())
                        .isEqualTo("once");
            }
        }
    }

    @Test
    void one_that_must_not_be_repeated_is_answered_when_its_connection_was_closed_and_not_sent_twice() {
        try (var upstream = closingAfterOne();
                var gateway = start(EAGER, upstream.url());
                var client = gateway.connect()) {
            client.send("GET / HTTP/1.1\nHost: a\n\n").reply();

            var reply = client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi")
                    .reply();

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.body()).contains("\"code\":\"upstream-reset\"");
            assertThat(upstream.seen()).hasSize(2);
            assertThat(client.send("GET / HTTP/1.1\nHost: a\n\n").reply().body())
                    .isEqualTo("once");
        }
    }

    /** Answers the first request of each connection, and closes when the next one comes. */
    private static Upstream closingAfterOne() {
        var answered = new java.util.concurrent.ConcurrentHashMap<Socket, AtomicInteger>();
        return Upstream.doing((request, socket) -> {
            if (answered.computeIfAbsent(socket, fresh -> new AtomicInteger()).getAndIncrement() == 0) {
                Upstream.write(socket, Upstream.ok("once"));
            } else {
                close(socket);
            }
        });
    }

    private static void close(Socket socket) throws IOException {
        socket.close();
    }

    private static int sent(GatewayUnderTest gateway, Upstream upstream, String request) {
        var before = upstream.seen().size();
        assertThat(gateway.send(request).status()).isEqualTo(503);
        return upstream.seen().size() - before;
    }

    private static GatewayUnderTest start(String retry, String... urls) {
        return start(Surroundings.real(), retry, urls);
    }

    private static GatewayUnderTest start(Surroundings around, String retry, String... urls) {
        var targets = new StringBuilder();
        for (var url : urls) {
            targets.append("      - {url: \"").append(url).append("\"}\n");
        }
        var file = """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets:
            %s    breaker: {failures: 1000, minRequests: 1000}
                %s
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(targets, retry);
        return GatewayUnderTest.start(file, Map.of(), around);
    }
}
