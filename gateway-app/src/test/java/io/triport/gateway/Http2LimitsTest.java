package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.triport.identity.connection.Drain;
import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a connection of HTTP/2 may ask for, and how it ends. */
@ExtendWith(LeakWatch.class)
final class Http2LimitsTest {
    private static final String FILE = Http2Test.FILE;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    @Test
    void a_stream_above_a_hundred_is_refused_and_the_others_go_on() throws Exception {
        var done = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> {
                    await(done);
                    Upstream.write(socket, Upstream.ok("hello"));
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var streams = new ArrayList<Integer>();
            for (var i = 0; i < 100; i++) {
                streams.add(client.send(Http2Client.get("/api")));
            }

            assertThat(client.answer(client.send(Http2Client.get("/api"))).reset)
                    .isEqualTo(REFUSED_STREAM);
            done.countDown();
            for (var stream : streams) {
                assertThat(client.answer(stream).text()).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_client_that_opens_and_resets_streams_as_fast_as_it_can_is_cut_off() {
        try (var upstream = Upstream.doing((request, socket) -> {});
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 201; i++) {
                client.reset(client.send(Http2Client.get("/api")));
            }

            assertThat(client.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void what_a_connection_may_ask_is_what_is_configured() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url())
                        + "limits: {http2: {streams: 7, streamWindow: 32KiB, connectionWindow: 128KiB, resets:"
                        + " 3, resetsIn: 1m}}\n");
                var client = gateway.connect()) {
            assertThat(client.answer(client.send(get())).text()).isEqualTo("hello");

            assertThat(client.setting(MAX_CONCURRENT_STREAMS)).isEqualTo(7);
            assertThat(client.setting(INITIAL_WINDOW_SIZE)).isEqualTo(32 * 1024);
            assertThat(client.granted()).isEqualTo(128 * 1024 - 65_535);
            for (var i = 0; i < 5; i++) {
                client.reset(client.send(get()));
            }
            assertThat(client.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void heads_above_the_limits_are_told_so() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var fits = get();
            var many = get();
            for (var i = 0; i < 100; i++) {
                many.add("x-" + i, "1");
                if (i < 99) {
                    fits.add("x-" + i, "1");
                }
            }

            assertThat(client.answer(client.send(fits)).status).isEqualTo(200);
            assertThat(client.answer(client.send(many)).status).isEqualTo(431);
            assertThat(client.answer(client.send(get().add("x-a", "x".repeat(10_000)))).status)
                    .isEqualTo(200);
            var target = client.answer(client.send(Http2Client.get("/api/" + "x".repeat(9_000))));
            assertThat(target.status).isEqualTo(414);
            assertThat(target.text()).contains("\"code\":\"target-too-long\"");
        }
    }

    @Test
    void a_list_of_fields_above_all_bounds_is_refused() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var head = get();
            for (var i = 0; i < 9; i++) {
                head.add("x-" + i, "x".repeat(4_000));
            }

            assertThat(client.answer(send(client, head)).status).isEqualTo(431);
            for (var i = 0; i < 20; i++) {
                head.add("y-" + i, "x".repeat(4_000));
            }
            assertThat(refused(client, head)).isTrue();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    /** Far above the bounds the connection may have ended before all is sent. */
    private static boolean refused(Http2Client client, Http2Headers head) {
        try {
            return client.answer(send(client, head)).status == 431 || client.goAway() > NO_ERROR;
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof SocketException;
        }
    }

    /** In frames of the usual size. */
    private static int send(Http2Client client, Http2Headers head) {
        var stream = client.reserve();
        var block = client.block(stream, head);
        var size = 16_000;
        for (var at = 0; at < block.length; at += size) {
            var last = at + size >= block.length;
            client.frame(
                    at == 0 ? Http2Client.HEADERS : Http2Client.CONTINUATION,
                    (at == 0 ? Http2Client.END_STREAM : 0) | (last ? Http2Client.END_HEADERS : 0),
                    stream,
                    Arrays.copyOfRange(block, at, Math.min(block.length, at + size)));
        }
        return stream;
    }

    @Test
    void methods_that_ask_for_a_tunnel_or_an_echo_are_not_allowed() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            assertThat(client.answer(client.send(Http2Client.head("TRACE", "/api"))).status)
                    .isEqualTo(405);
            var tunnel = client.answer(client.send(head().method("CONNECT").authority("example.org")));
            assertThat(tunnel.status == 405 || tunnel.reset == PROTOCOL_ERROR).isTrue();
        }
    }

    @Test
    void a_client_may_send_the_host_as_a_field_and_cookies_in_crumbs() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var head = head().method("GET").scheme("https").path("/api").add("host", "example.org");
            client.answer(client.send(head.add("cookie", "a=1").add("cookie", "b=2")));

            var seen = upstream.seen().getFirst();
            assertThat(seen.field("x-forwarded-host")).isEqualTo("example.org");
            assertThat(seen.fields("cookie")).containsExactly("a=1; b=2");
        }
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway =
                        SecureGateway.start(FILE.formatted(upstream.url()) + "timeouts: {clientBodyIdle: 200ms}\n");
                var client = gateway.connect()) {
            var late = client.begin(Http2Client.head("POST", "/api"), false);
            client.data(late, "begin", false);

            var answer = client.answer(late);
            assertThat(answer.status).isEqualTo(408);
            assertThat(client.answer(client.send(get())).status).isEqualTo(200);
        }
    }

    @Test
    void a_head_that_is_begun_has_to_be_complete_in_time() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway =
                        SecureGateway.start(FILE.formatted(upstream.url()) + "timeouts: {clientHeader: 300ms}\n");
                var client = gateway.connect()) {
            assertThat(client.answer(client.send(get())).status).isEqualTo(200);
            var stream = client.reserve();
            client.frame(Http2Client.HEADERS, Http2Client.END_STREAM, stream, client.block(stream, get()));

            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_connection_without_a_stream_is_closed_after_a_while() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway =
                        SecureGateway.start(FILE.formatted(upstream.url()) + "timeouts: {keepAliveIdle: 200ms}\n");
                var client = gateway.connect()) {
            assertThat(client.answer(client.send(get())).status).isEqualTo(200);

            assertThat(client.goAway()).isEqualTo(NO_ERROR);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_connection_that_carried_enough_asks_for_another() {
        try (var upstream = Upstream.answering(Upstream.ok(""));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 1000; i++) {
                assertThat(client.answer(client.send(Http2Client.get("/none"))).status)
                        .isEqualTo(404);
            }

            assertThat(client.goAway()).isEqualTo(NO_ERROR);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_stop_asks_for_no_more_streams_and_lets_those_end_that_are_there() throws Exception {
        var arrived = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (request.line().contains("slow")) {
                        arrived.countDown();
                        await(done);
                    }
                    Upstream.write(socket, Upstream.ok("hello"));
                });
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var drain = gateway.plain().bean(Drain.class);
            var slow = client.send(Http2Client.get("/api/slow"));
            arrived.await();

            drain.begin();
            var late = client.answer(client.send(Http2Client.get("/api/late")));
            assertThat(late.text()).isEqualTo("hello");
            assertThat(client.goAway()).isEqualTo(NO_ERROR);
            assertThat(client.lastStream()).isEqualTo(Integer.MAX_VALUE);
            done.countDown();
            assertThat(client.answer(slow).text()).isEqualTo("hello");
            assertThat(drain.await(Duration.ofSeconds(20))).isTrue();
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_stop_that_waits_no_longer_ends_streams_too() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var stream = client.send(get());
            arrived.await();

            gateway.plain().bean(Drain.class).begin();
            gateway.stop();

            assertThat(client.ended()).isTrue();
            assertThat(client.stream(stream).whole).isFalse();
        }
    }

    @Test
    void who_still_waits_when_a_stop_waits_no_longer_is_told_so() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()));
                var client = gateway.connect()) {
            var stream = client.send(get());
            arrived.await();

            var drain = gateway.plain().bean(Drain.class);
            drain.begin();
            drain.await(Duration.ZERO);
            drain.end(Duration.ofSeconds(20));

            var answer = client.answer(stream);
            assertThat(answer.status).isEqualTo(503);
            assertThat(answer.text())
                    .contains("\"code\":\"draining\"", "\"error\":\"Server is shutting down\"", "\"requestId\":\"");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void who_goes_on_to_open_streams_after_the_listener_closed_is_told_to_go_elsewhere() throws Exception {
        var arrived = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var ticker = new SettableTicker();
        try (var upstream = Upstream.doing((request, socket) -> {
                    arrived.countDown();
                    await(done);
                    Upstream.write(socket, Upstream.ok("hello"));
                });
                var gateway = SecureGateway.start(
                        FILE.formatted(upstream.url()), "", Surroundings.real().at(ticker));
                var client = gateway.connect()) {
            var first = client.send(get());
            arrived.await();
            var drain = gateway.plain().bean(Drain.class);
            drain.begin();
            drain.await(Duration.ZERO);
            assertThat(client.goAway()).isEqualTo(NO_ERROR);

            ticker.advance(Duration.ofSeconds(2));
            var late = client.answer(client.send(get()));

            assertThat(late.status).isEqualTo(503);
            assertThat(late.text()).contains("\"code\":\"draining\"");
            done.countDown();
            assertThat(client.answer(first).text()).isEqualTo("hello");
        }
    }

    @Test
    void the_record_of_a_request_names_its_protocol(@TempDir Path directory) throws IOException {
        var log = directory.resolve("audit.jsonl");
        var audit = "audit: {sink: file, file: \"" + log + "\", spillDir: \"" + directory.resolve("spill")
                + "\", durable: true}\n";
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = SecureGateway.start(FILE.formatted(upstream.url()) + audit);
                var client = gateway.connect()) {
            assertThat(client.answer(client.send(get())).status).isEqualTo(200);
        }

        assertThat(Files.readString(log)).contains("\"HTTP/2\"", "TLSv1.3", "127.0.0.1");
    }

    private static Http2Headers get() {
        return Http2Client.get("/api");
    }

    private static Http2Headers head() {
        return new DefaultHttp2Headers(false);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
