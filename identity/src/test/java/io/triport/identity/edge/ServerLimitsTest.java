package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.triport.domain.request.ByteSize;
import io.triport.identity.connection.EdgeLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A real server with narrow limits: time, connections, places, and its end. */
final class ServerLimitsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET /echo HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String LAST = "GET /echo HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n";
    private static final String HELD = "GET /echo/held HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String POST = "POST /echo HTTP/1.1\r\nContent-Type: text/plain\r\n" + HOST;
    private static final EdgeLimits USUAL = EdgeLimits.collecting(ByteSize.ofKiB(64));
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final EdgeLimits.Patience PATIENT = new EdgeLimits.Patience(LONG, LONG, LONG, LONG);
    private static final EdgeLimits.Patience IMPATIENT = new EdgeLimits.Patience(SHORT, SHORT, SHORT, SHORT);
    private static final EdgeLimits.Pace UNHURRIED = new EdgeLimits.Pace(LONG, LONG, ByteSize.ofBytes(1), LONG);
    private static final EdgeLimits.Pace HURRIED = new EdgeLimits.Pace(LONG, SHORT, ByteSize.ofBytes(1), LONG);
    private static final EdgeLimits.Work ONE_PLACE = new EdgeLimits.Work(1, 1, 1, SHORT);

    private static final LeakWatch LEAKS = new LeakWatch();

    @AfterAll
    static void nothing_leaks() throws InterruptedException {
        try (LEAKS) {
            assertThat(LEAKS.reports()).isEmpty();
        }
    }

    private static EdgeLimits limits(
            EdgeLimits.Patience patience,
            EdgeLimits.Pace pace,
            EdgeLimits.Connections connections,
            EdgeLimits.Work work) {
        return new EdgeLimits(USUAL.head(), USUAL.body(), patience, pace, connections, work);
    }

    @Test
    void silent_slow_and_idle_connections_are_ended() throws IOException {
        var limits = limits(IMPATIENT, HURRIED, USUAL.connections(), USUAL.work());
        try (var server = TestServer.start(limits);
                var silent = server.connect();
                var slowHead = server.connect();
                var slowBody = server.connect();
                var idle = server.connect()) {
            slowHead.send("GET /echo HTT");
            slowBody.send(POST + "Content-Length: 10\r\n\r\nabc");
            idle.send(GET);

            assertThat(silent.readAll()).isEmpty();
            assertThat(slowHead.statuses()).containsExactly(408);
            assertThat(slowBody.statuses()).containsExactly(408);
            assertThat(idle.statuses()).containsExactly(200);
        }
    }

    @Test
    void a_client_that_takes_no_reply_is_reset() throws IOException {
        var stalling = new EdgeLimits.Patience(LONG, LONG, LONG, SHORT);
        var limits = limits(stalling, UNHURRIED, USUAL.connections(), USUAL.work());
        try (var server = TestServer.start(limits);
                var client = server.connect()) {
            client.send(GET.replace("/echo", "/echo/large"));

            // Nothing is read meanwhile, so this blocks until the reset arrives.
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    client.send(GET.repeat(1000));
                }
            });
        }
    }

    @Test
    void one_address_has_its_share_of_connections() throws IOException {
        var limits = limits(PATIENT, UNHURRIED, new EdgeLimits.Connections(100, 2, 1000), USUAL.work());
        try (var server = TestServer.start(limits);
                var first = server.connect();
                var second = server.connect()) {
            first.send(GET).readUntil("got nothing");
            second.send(GET).readUntil("got nothing");

            try (var third = server.connect()) {
                assertThat(third.send(GET).readAll())
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\r\nRetry-After: 1\r\n");
            }
            assertThat(first.send(GET).readUntil("got nothing")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_connection_above_the_share_is_served_when_another_has_had_its_last_reply() throws IOException {
        var limits = limits(PATIENT, UNHURRIED, new EdgeLimits.Connections(100, 2, 1000), USUAL.work());
        try (var server = TestServer.start(limits);
                var first = server.connect();
                var second = server.connect();
                var third = server.connect()) {
            second.send(GET).readUntil("got nothing");

            assertThat(first.send(LAST).statuses()).containsExactly(200);

            assertThat(third.send(GET).readUntil("got nothing")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void connections_far_above_the_share_are_closed_unheard() throws IOException {
        var limits = limits(PATIENT, UNHURRIED, new EdgeLimits.Connections(100, 1, 1000), USUAL.work());
        try (var server = TestServer.start(limits);
                var first = server.connect()) {
            first.send(GET).readUntil("got nothing");
            try (var second = server.connect();
                    var third = server.connect()) {
                // Which of the two is seen first is for the threads that serve them.
                assertThat(List.of(told(second), told(third))).containsExactlyInAnyOrder("503", "nothing");
            }
            assertThat(first.send(LAST).statuses()).containsExactly(200);
        }
    }

    private static String told(TestServer.Client client) {
        try {
            var reply = client.send(GET).readUntil("\r\n");
            return reply.isEmpty() ? "nothing" : reply.replaceFirst("HTTP/1.1 ([0-9]+) .*\r\n", "$1");
        } catch (IOException reset) {
            return "nothing";
        }
    }

    @Test
    void above_its_places_the_server_sheds_and_recovers() throws IOException, InterruptedException {
        var limits = limits(PATIENT, UNHURRIED, USUAL.connections(), ONE_PLACE);
        try (var server = TestServer.start(limits);
                var working = server.connect();
                var waiting = server.connect();
                var other = server.connect()) {
            working.send(HELD);
            server.gate().arrived.acquire();

            assertThat(waiting.send(POST + "Content-Length: 3\r\n\r\nabc").readAll())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\r\nRetry-After: 1\r\n");
            server.gate().open.release();

            assertThat(working.readUntil("held")).startsWith("HTTP/1.1 200 ");
            assertThat(other.send(GET).readUntil("got nothing")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_drain_lets_the_request_in_flight_end_and_closes_the_idle() throws IOException, InterruptedException {
        var limits = limits(PATIENT, UNHURRIED, USUAL.connections(), USUAL.work());
        try (var server = TestServer.start(limits);
                var working = server.connect();
                var idle = server.connect();
                var late = server.connect()) {
            idle.send(GET).readUntil("got nothing");
            working.send(HELD);
            server.gate().arrived.acquire();

            server.drain().begin();
            assertThat(late.send(GET).readAll())
                    .containsIgnoringCase("connection: close")
                    .endsWith("got nothing");
            assertThat(server.drain().await(Duration.ZERO)).isFalse();
            assertThat(idle.readAll()).isEmpty();
            server.gate().open.release();

            assertThat(server.drain().await(LONG)).isTrue();
            assertThat(working.readAll())
                    .containsIgnoringCase("connection: close")
                    .endsWith("held");
        }
    }
}
