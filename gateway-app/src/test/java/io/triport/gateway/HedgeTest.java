package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
final class HedgeTest {
    private static final String FILE = """
        identity:
          anyone: {type: public}
        upstreams:
          pair:
            targets: [{url: "%s"}, {url: "%s"}]
            hedge: {after: 1ms}
            timeout: {total: 20s}
        routes:
          - {id: pair, match: {path: /}, identity: [anyone], upstream: pair}
        """;

    @Test
    void a_server_that_takes_long_is_overtaken_by_another_and_its_request_cancelled() throws Exception {
        try (var slow = Upstream.doing((request, socket) -> {});
                var quick = Upstream.answering(Upstream.ok("quick"));
                var gateway = GatewayUnderTest.start(FILE.formatted(slow.url(), quick.url()))) {
            var reply = gateway.send("GET /a HTTP/1.1\nHost: a\n\n");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("quick");
            assertThat(slow.seen()).extracting(Upstream.Request::line).containsExactly("GET /a HTTP/1.1");
            assertThat(quick.seen().getFirst().field("x-retry-count")).isEqualTo("1");
            assertThat(slow.clientLeft()).isTrue();
        }
    }

    @Test
    void what_may_change_something_is_sent_once() {
        try (var slow = Upstream.answering(Upstream.ok("slow"));
                var quick = Upstream.answering(Upstream.ok("quick"));
                var gateway = GatewayUnderTest.start(FILE.formatted(slow.url(), quick.url()));
                var client = gateway.connect()) {
            var reply = client.send("POST /a HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi")
                    .reply();

            assertThat(reply.body()).isEqualTo("slow");
            assertThat(quick.seen()).isEmpty();
        }
    }

    @Test
    void the_answer_of_the_first_is_waited_for_when_the_second_breaks_off() {
        var second = new CompletableFuture<String>();
        try (var slow = Upstream.doing((request, socket) -> {
                    Upstream.write(socket, Upstream.ok(second.join()));
                });
                var broken = Upstream.doing((request, socket) -> {
                    Upstream.reset(socket);
                    second.complete("slow");
                });
                var gateway = GatewayUnderTest.start(FILE.formatted(slow.url(), broken.url()))) {
            assertThat(gateway.send("GET /a HTTP/1.1\nHost: a\n\n").body()).isEqualTo("slow");
        }
    }
}
