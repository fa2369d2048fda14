package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triport.gateway.problem.Problem;
import io.triport.identity.config.ConfigError;
import io.triport.identity.launch.WholeApp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What those settings change that only the whole app has: its management port, its listeners, its stop. */
@ExtendWith(LeakWatch.class)
final class WholeKeysTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.triport.identity.launch.RunningApp");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final Upstream upstream = Upstream.doing((request, socket) -> {
        asked.countDown();
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Upstream.write(socket, Upstream.ok("late"));
    });

    @TempDir
    private Path directory;

    private Level level;

    @BeforeEach
    void listen() {
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(level);
        answering.countDown();
        upstream.close();
    }

    private WholeApp start(String top) throws IOException {
        var file = Files.writeString(directory.resolve("gateway.yaml"), """
            %s
            identity:
              anyone: {type: public}
            upstreams:
              slow: {targets: [{url: "%s"}]}
            routes:
              - {id: all, match: {path: /}, identity: [anyone], upstream: slow}
            """.formatted(top, upstream.url()));
        return WholeApp.start(new Gateway(), file, directory.resolve("data"), Map.of());
    }

    private static int ready(WholeApp app) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(app.management().resolve("/ready"));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void the_management_port_is_on_the_address_that_is_named_and_on_no_other() throws Exception {
        try (var app = start("""
            listen: [{port: 0}]
            admin: {address: 127.0.0.2, port: 0}
            timeouts: {drainDelay: 0s}\
            """)) {
            assertThat(app.management().getHost()).isEqualTo("127.0.0.2");
            assertThat(ready(app)).isEqualTo(200);
            var port = app.management().getPort();
            assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void listeners_are_called_by_their_names() throws IOException {
        try (var app = start("""
            listen: [{name: inside, port: 0}, {name: outside, address: 127.0.0.2, port: 0}]
            admin: {port: 0}
            timeouts: {drainDelay: 0s}\
            """)) {
            assertThat(app.address().getHost()).isEqualTo("127.0.0.1");
        }

        assertThat(log.list)
                .filteredOn(event -> event.getMessage().equals("listening"))
                .extracting(event -> event.getKeyValuePairs().getFirst().value)
                .containsExactly("inside", "outside");
    }

    @Test
    void a_listener_whose_port_is_taken_is_named_and_so_is_one_that_has_the_name_of_another() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
            var second = "{name: outside, address: 127.0.0.2, port: " + taken.getLocalPort() + "}";
            assertThatThrownBy(() -> start("listen: [{name: inside, port: 0}, " + second + "]\nadmin: {port: 0}")
                            .close())
                    .hasMessageContaining("outside (http://127.0.0.2:" + taken.getLocalPort() + ")");
        }
        assertThatThrownBy(() -> start("listen: [{name: inside, port: 0}, {name: inside, port: 9}]")
                        .close())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("inside (expected: a name that no other listener has)");
    }

    @Test
    void a_stop_waits_for_answers_under_way() throws Exception {
        var app = start(stopping("1m"));
        try (var client = Client.to(app.address().getPort())) {
            client.send(GET);
            asked.await();
            var stop = Thread.ofVirtual().start(app::close);
            while (ready(app) == 200) {
                Thread.onSpinWait();
            }

            answering.countDown();

            assertThat(client.reply().body()).isEqualTo("late");
            stop.join();
        }
    }

    @Test
    void a_stop_waits_no_longer_than_it_was_told_to_and_says_so_to_who_waits() throws Exception {
        var records = directory.resolve("audit.jsonl");
        var app = start(stopping("1s") + "\naudit: {sink: file, file: \"" + records + "\"}");
        try (var client = Client.to(app.address().getPort());
                var half = Client.to(app.address().getPort())) {
            client.send(GET);
            half.send("GET /half HTTP/1.1\n");
            asked.await();

            app.close();

            var refused = client.reply();
            Refused.as(refused, Problem.DRAINING, "Server is shutting down");
            assertThat(refused.fields("retry-after")).containsExactly("1");
            assertThat(refused.fields("connection")).containsExactly("close");
            assertThat(client.ended()).isTrue();
            Refused.as(half.reply(), Problem.DRAINING, "Server is shutting down");
            assertThat(Files.readString(records))
                    .contains("\"id\":\"" + refused.field("x-request-id") + "\"", "\"reason\":\"draining\"");
            assertThat(log.list)
                    .extracting(ILoggingEvent::getMessage)
                    .contains("stopped before the last replies were sent");
        }
    }

    @Test
    void while_the_listener_is_open_after_a_stop_was_asked_for_new_connections_are_served() throws Exception {
        var app = start("""
            listen: [{port: 0}]
            admin: {port: 0}
            timeouts: {drainDelay: 5s}\
            """);
        answering.countDown();
        var stop = Thread.ofVirtual().start(app::close);
        while (ready(app) == 200) {
            Thread.onSpinWait();
        }

        try (var client = Client.to(app.address().getPort())) {
            var reply = client.send(GET).reply();

            assertThat(reply.body()).isEqualTo("late");
            assertThat(reply.fields("connection")).containsExactly("close");
        }
        stop.join();
        assertThatThrownBy(() -> Client.to(app.address().getPort()).close()).hasCauseInstanceOf(ConnectException.class);
    }

    private static String stopping(String drain) {
        return """
            listen: [{port: 0}]
            admin: {port: 0}
            timeouts: {drainDelay: 0s, drain: %s}\
            """.formatted(drain);
    }
}
