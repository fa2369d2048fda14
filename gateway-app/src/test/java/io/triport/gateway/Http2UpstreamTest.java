package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.triport.testkit.TlsAuthority;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that speak HTTP/2. */
@ExtendWith(LeakWatch.class)
final class Http2UpstreamTest {
    private static final String FILE =
            Http2Test.FILE.replace("targets: [{url: \"%s\"}]", "targets: [{url: \"%s\"}]\n    protocol: http2");
    private static final String GET = "GET /api/a?b=c HTTP/1.1\nHost: example.org\n\n";

    @Test
    void a_request_of_http1_goes_there_and_its_answer_comes_back() {
        try (var upstream = StreamUpstream.doing(
                        (request, reply) -> reply.head(false, "x-a", "b").data("hello", true));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var reply = client.send(GET).reply();
            var head = client.send("HEAD /api HTTP/1.1\nHost: example.org\n\n").reply("HEAD");
            client.send("POST /api HTTP/1.1\nHost: example.org\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.field("x-a")).isEqualTo("b");
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.reply().body()).isEqualTo("hello");
            var seen = upstream.seen();
            assertThat(seen.getFirst().fields())
                    .containsEntry(":method", "GET")
                    .containsEntry(":path", "/a?b=c")
                    .containsEntry(":scheme", "http")
                    .containsEntry(":authority", upstream.url().substring("http://".length()))
                    .containsEntry("te", "trailers")
                    .containsKey("x-request-id")
                    .doesNotContainKeys("host", "connection", "transfer-encoding");
            assertThat(seen.getLast().body()).isEqualTo("hi");
            assertThat(seen.getLast().fields()).doesNotContainKey("transfer-encoding");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_call_of_grpc_passes_from_end_to_end_with_its_trailers() {
        try (var upstream = StreamUpstream.doing((request, reply) -> {
                    if (request.path().endsWith("/fails")) {
                        reply.head(true, "content-type", "application/grpc", "grpc-status", "5");
                    } else {
                        reply.head(false, "content-type", "application/grpc")
                                .data(request.body(), false)
                                .trailers("grpc-status", "0", "grpc-message", "fine");
                    }
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var call = client.begin(grpc("/api/pkg.Service/works"), false);
            var works = client.data(call, "message", true).answer(call);
            var failed = client.begin(grpc("/api/pkg.Service/fails"), false);
            var fails = client.data(failed, "message", true).answer(failed);

            assertThat(works.fields).containsEntry("content-type", "application/grpc");
            assertThat(works.text()).isEqualTo("message");
            assertThat(works.trailers).containsEntry("grpc-status", "0").containsEntry("grpc-message", "fine");
            assertThat(fails.whole).isTrue();
            assertThat(fails.fields).containsEntry("grpc-status", "5");
            assertThat(upstream.seen().getFirst().fields()).containsEntry("te", "trailers");
        }
    }

    private static io.netty.handler.codec.http2.Http2Headers grpc(String path) {
        return Http2Client.head("POST", path)
                .add("content-type", "application/grpc")
                .add("te", "trailers");
    }

    @Test
    void requests_share_a_connection_up_to_what_the_target_takes() {
        Queue<StreamUpstream.Reply> held = new ConcurrentLinkedQueue<>();
        var three = new CountDownLatch(3);
        try (var upstream = StreamUpstream.taking(3, (request, reply) -> {
                    held.add(reply);
                    three.countDown();
                    if (three.getCount() == 0) {
                        while (!held.isEmpty()) {
                            held.remove().ok(request.path());
                        }
                    }
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url())
                        .replace("protocol: http2", "protocol: http2\n    pool: {maxConnections: 1}"));
                var client = gateway.connect()) {
            var streams = new ArrayList<Integer>();
            for (var i = 0; i < 9; i++) {
                streams.add(client.send(Http2Client.get("/api")));
            }

            for (var stream : streams) {
                assertThat(client.answer(stream).status).isEqualTo(200);
            }
            assertThat(upstream.mostAtOnce()).isEqualTo(3);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void bodies_pass_both_ways_at_the_speed_of_the_slower_end() throws Exception {
        var large = "x".repeat(8 * 1024 * 1024);
        try (var upstream = StreamUpstream.doing((request, reply) -> reply.ok(request.body()));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.client()) {
            var request =
                    gateway.request("/api").POST(BodyPublishers.ofString(large)).build();

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(large);
        }
    }

    @Test
    void an_answer_that_is_reset_is_never_made_to_look_complete() {
        try (var upstream = StreamUpstream.doing((request, reply) ->
                        reply.head(false).data("hello", false).reset(Http2Error.INTERNAL_ERROR));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var answer = client.answer(client.send(Http2Client.get("/api")));

            assertThat(answer.whole).isFalse();
            assertThat(answer.reset).isEqualTo(2);
        }
    }

    @Test
    void a_stream_that_is_refused_is_tried_again() {
        var turns = new AtomicInteger();
        try (var upstream = StreamUpstream.doing((request, reply) -> {
                    if (turns.getAndIncrement() == 0) {
                        reply.reset(Http2Error.REFUSED_STREAM);
                    } else {
                        reply.ok("second");
                    }
                });
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            assertThat(gateway.send(GET).body()).isEqualTo("second");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_connection_that_goes_ends_its_streams_and_the_next_has_another() {
        try (var upstream = StreamUpstream.doing((request, reply) -> {
                    reply.head(false).data("begin", false);
                    reply.goAway();
                    reply.data(" end", true);
                });
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            assertThat(gateway.send(GET).body()).isEqualTo("begin end");
            assertThat(gateway.send(GET).body()).isEqualTo("begin end");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_client_that_goes_away_cancels_its_request_and_no_other() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = StreamUpstream.doing((request, reply) -> {
                    if (request.path().contains("slow")) {
                        arrived.countDown();
                    } else {
                        reply.ok("hello");
                    }
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var slow = client.send(Http2Client.get("/api/slow"));
            arrived.await();
            client.reset(slow);

            assertThat(upstream.wasReset()).isTrue();
            assertThat(client.answer(client.send(Http2Client.get("/api"))).text())
                    .isEqualTo("hello");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for() throws Exception {
        try (var upstream = StreamUpstream.doing((request, reply) -> {});
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url())
                        .replace("protocol: http2", "protocol: http2\n    timeout: {firstByte: 200ms}"))) {
            assertThat(gateway.send(GET).status()).isEqualTo(504);
            assertThat(upstream.wasReset()).isTrue();
        }
    }

    @Test
    void a_target_inside_tls_is_asked_what_it_prefers(@TempDir Path directory) throws Exception {
        var authority = new TlsAuthority();
        var own = authority.issue("CN=upstream");
        var file = FILE.replace(
                "protocol: http2", "tls: {ca: " + authority.file(directory.resolve("ca.pem")) + "}\n    protocol: %s");
        try (var upstream =
                        StreamUpstream.inside(offering(own, "h2", "http/1.1"), (request, reply) -> reply.ok("hello"));
                var gateway = GatewayUnderTest.start(file.formatted(upstream.url(), "auto"));
                var demanding = GatewayUnderTest.start(file.formatted(upstream.url(), "http2"));
                var other = StreamUpstream.inside(offering(own, "http/1.1"), (request, reply) -> reply.ok("hello"));
                var mistaken = GatewayUnderTest.start(file.formatted(other.url(), "http2"))) {
            assertThat(gateway.send(GET).body()).isEqualTo("hello");
            assertThat(demanding.send(GET).body()).isEqualTo("hello");
            assertThat(upstream.seen().getFirst().fields()).containsEntry(":scheme", "https");
            assertThat(mistaken.send(GET).status()).isEqualTo(502);
        }
    }

    private static SslContext offering(TlsAuthority.Credential own, String... protocols) throws SSLException {
        return SslContextBuilder.forServer(own.keys().getPrivate(), own.certificate())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }

    @Test
    void a_target_that_speaks_something_else_is_told_from_one_that_is_not_there() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(FILE.formatted(upstream.url()))) {
            assertThat(gateway.send(GET).status()).isEqualTo(502);
        }
    }
}
