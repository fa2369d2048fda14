package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients that speak HTTP/2 get is what those of HTTP/1.1 get. */
@ExtendWith(LeakWatch.class)
final class Http2Test {
    static final String FILE = """
        identity:
          anyone: {type: public}
        upstreams:
          users:
            targets: [{url: "%s"}]
        routes:
          - id: users
            match: {path: /api}
            identity: [anyone]
            limits: {body: 16MiB}
            path: {strip: /api}
            upstream: users
        """;

    @Test
    void a_request_goes_to_the_upstream_and_its_answer_comes_back() throws Exception {
        try (var upstream = Upstream.answering(http("""
            HTTP/1.1 200 OK
            Connection: keep-alive, X-Hop
            Keep-Alive: timeout=5
            X-Hop: 1
            X-Stays: 2
            Content-Length: 5

            hello\
            """));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var reply = client.send(gateway.request("/api/a?b=c").build(), BodyHandlers.ofString());

            assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.headers().map()).containsKey("x-stays");
            assertThat(reply.headers().map())
                    .doesNotContainKeys("connection", "keep-alive", "x-hop", "transfer-encoding");
            var seen = upstream.seen().getFirst();
            assertThat(seen.line()).isEqualTo("GET /a?b=c HTTP/1.1");
            assertThat(seen.field("x-forwarded-proto")).isEqualTo("https");
            assertThat(seen.field("x-forwarded-for")).isEqualTo("127.0.0.1");
            assertThat(seen.names()).doesNotContain("transfer-encoding").noneMatch(name -> name.startsWith("x-http2"));
        }
    }

    @Test
    void bodies_pass_both_ways_at_the_speed_of_the_slower_end() throws Exception {
        var large = "x".repeat(8 * 1024 * 1024);
        try (var upstream = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var request =
                    gateway.request("/api").POST(BodyPublishers.ofString(large)).build();

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(large);
        }
    }

    @Test
    void streams_of_a_connection_run_side_by_side() throws Exception {
        var all = new CountDownLatch(50);
        try (var upstream = Upstream.doing((request, socket) -> {
                    all.countDown();
                    await(all);
                    Upstream.write(socket, Upstream.ok(request.line().split(" ")[1]));
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var streams = new ArrayList<Integer>();
            for (var i = 0; i < 50; i++) {
                streams.add(client.send(Http2Client.get("/api/" + i)));
            }

            for (var i = 0; i < 50; i++) {
                assertThat(client.answer(streams.get(i)).text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void what_the_server_answers_itself_is_answered() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var health = client.send(gateway.request("/health").build(), BodyHandlers.ofString());
            var posted = client.send(
                    gateway.request("/health")
                            .POST(BodyPublishers.ofString("x"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(posted.statusCode()).isEqualTo(405);
        }
    }

    @Test
    void a_client_that_speaks_http1_only_is_served_on_the_same_listener() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var request =
                    gateway.request("/api").version(HttpClient.Version.HTTP_1_1).build();

            var reply = client.send(request, BodyHandlers.ofString());

            assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(reply.body()).isEqualTo("hello");
        }
    }

    @Test
    void a_refusal_has_the_page_that_it_has_elsewhere() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var reply = client.send(gateway.request("/none").build(), BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(reply.body()).contains("\"code\":\"no-route\"");
            assertThat(reply.headers().map()).doesNotContainKey("connection");
        }
    }

    @Test
    void an_upstream_that_breaks_off_resets_the_stream_and_no_other() {
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (request.line().contains("broken")) {
                        Upstream.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                        socket.close();
                    } else {
                        Upstream.write(socket, Upstream.ok("whole"));
                    }
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var broken = client.answer(client.send(Http2Client.get("/api/broken")));
            var whole = client.answer(client.send(Http2Client.get("/api/whole")));

            assertThat(broken.whole).isFalse();
            assertThat(broken.reset).isEqualTo(2);
            assertThat(whole.text()).isEqualTo("whole");
        }
    }

    @Test
    void a_stream_that_its_client_resets_is_cancelled_at_the_upstream() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var stream = client.send(Http2Client.get("/api"));
            arrived.await();

            client.reset(stream);

            assertThat(upstream.clientLeft()).isTrue();
        }
    }

    @Test
    void a_connection_that_goes_cancels_what_was_under_way_on_it() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()))) {
            try (var client = gateway.connect()) {
                client.send(Http2Client.get("/api"));
                arrived.await();
            }

            assertThat(upstream.clientLeft()).isTrue();
        }
    }

    @Test
    void a_body_above_the_limit_is_refused_and_its_rest_not_read() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()).replace("16MiB", "8KiB"));
                var client = gateway.connect()) {
            var declared =
                    client.answer(client.begin(Http2Client.head("POST", "/api").add("content-length", "8193"), false));
            var stream = client.begin(Http2Client.head("POST", "/api"), false);
            client.data(stream, "x".repeat(5000), false).data(stream, "x".repeat(5000), false);
            var metered = client.answer(stream);

            assertThat(declared.status).isEqualTo(413);
            assertThat(declared.text()).contains("\"code\":\"body-too-large\"");
            assertThat(metered.status).isEqualTo(413);
            assertThat(client.resetOf(stream)).isZero();
            assertThat(upstream.clientLeft()).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void trailers_of_an_answer_pass() {
        try (var upstream = Upstream.answering(http("""
            HTTP/1.1 200 OK
            Content-Type: application/grpc
            Transfer-Encoding: chunked

            2
            ab
            0
            Grpc-Status: 0

            """));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var answer = client.answer(client.send(Http2Client.get("/api").add("te", "trailers")));

            assertThat(answer.text()).isEqualTo("ab");
            assertThat(answer.trailers).containsEntry("grpc-status", "0");
        }
    }

    @Test
    void a_client_that_expects_leave_gets_it() {
        try (var upstream = Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.ok(request.body())));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var stream = client.begin(
                    Http2Client.head("POST", "/api")
                            .add("expect", "100-continue")
                            .add("content-length", "5"),
                    false);

            assertThat(client.headOf(stream).status).isEqualTo(100);
            client.stream(stream).status = 0;
            assertThat(client.data(stream, "hello", true).answer(stream).text()).isEqualTo("hello");
        }
    }

    @Test
    void a_client_that_takes_nothing_holds_back_its_own_stream_only() throws Exception {
        var large = "x".repeat(4 * 1024 * 1024);
        try (var upstream = Upstream.doing((request, socket) ->
                        Upstream.write(socket, Upstream.ok(request.line().contains("large") ? large : "small")));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var slow = client.send(Http2Client.get("/api/large"));
            client.headOf(slow);
            var quick = client.answer(client.send(Http2Client.get("/api/small")));

            assertThat(quick.text()).isEqualTo("small");
            assertThat(client.stream(slow).whole).isFalse();
            client.window(slow, large.length());
            assertThat(client.answer(slow).body.size()).isEqualTo(large.length());
        }
    }

    @Test
    void the_certificate_of_the_connection_is_judged_on_each_stream() {
        var file = FILE.replace("anyone: {type: public}", "anyone: {type: mtls, clientCa: \"%%CA%%\"}");
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.asking(file.formatted(upstream.url()));
                var client = gateway.connect()) {
            var answer = client.answer(client.send(Http2Client.get("/api")));

            assertThat(answer.status).isEqualTo(401);
            assertThat(answer.text()).contains("\"code\":\"cert-untrusted\""); // it is not one for clients
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String http(String text) {
        return text.replace("\n", "\r\n");
    }
}
