package io.triport.identity.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.netty.util.ResourceLeakDetector;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Ticker;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Plain sockets against a real server: what the platform does not give by default. */
final class HostileClientTest {
    private static final String SPEC = "hostile-client";
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET /echo HTTP/1.1\r\n" + HOST;
    private static final String POST = "POST /echo HTTP/1.1\r\nContent-Type: text/plain\r\n" + HOST;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    private static final ListAppender<ILoggingEvent> LEAKS = new ListAppender<>();

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        LEAKS.start();
        leakLogger().addAppender(LEAKS);
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "spec.name",
                        SPEC,
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.security.enabled",
                        false));
    }

    @AfterAll
    static void stop() {
        server.close();
        System.gc();
        leakLogger().detachAppender(LEAKS);
        assertThat(LEAKS.list).isEmpty();
    }

    private static Logger leakLogger() {
        return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    }

    static Stream<Arguments> refused() {
        return FramingGuardTest.refused();
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("refused")
    void a_bad_request_gets_one_refusal_and_the_end(int status, String name, String bytes) throws IOException {
        try (var client = connect()) {
            send(client, bytes.replace("POST / ", "POST /echo ") + GET + "\r\n");

            assertThat(statuses(readAll(client))).containsExactly(status);
        }
    }

    @Test
    void a_sound_request_is_answered_and_the_connection_kept() throws IOException {
        try (var client = connect()) {
            send(
                    client,
                    POST + "Content-Length: 3\r\n\r\nabc" + POST
                            + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-A: b\r\n\r\n" + GET
                            + "Connection: close\r\n\r\n");

            var replies = readAll(client);

            assertThat(statuses(replies)).containsExactly(200, 200, 200);
            assertThat(replies).contains("got abc");
        }
    }

    @Test
    void twenty_pipelined_requests_get_twenty_replies_and_the_bad_one_behind_them_its_refusal() throws IOException {
        try (var client = connect()) {
            send(client, (GET + "\r\n").repeat(20) + GET + "X A: b\r\n\r\n" + GET + "\r\n");

            assertThat(statuses(readAll(client))).hasSize(21).startsWith(200).endsWith(400);
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static String readAll(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static List<Integer> statuses(String replies) {
        return STATUS.matcher(replies)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .toList();
    }

    @Controller("/echo")
    @Requires(property = "spec.name", value = SPEC)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static final class Echo {
        @Get
        @Produces(MediaType.TEXT_PLAIN)
        String get() {
            return "got nothing";
        }

        @Post
        @Consumes(MediaType.ALL)
        @Produces(MediaType.TEXT_PLAIN)
        String post(@Body String body) {
            return "got " + body;
        }
    }

    @Factory
    @Requires(property = "spec.name", value = SPEC)
    static final class Beans {
        @Singleton
        Ticker ticker() {
            return Ticker.system();
        }

        @Singleton
        EdgeLimits limits() {
            return EdgeLimits.collecting(ByteSize.ofKiB(128));
        }

        @Singleton
        EdgeRefusals refusals() {
            return Wire.REFUSALS;
        }

        @Singleton
        TrustedProxies proxies() {
            return new TrustedProxies(List.of());
        }

        @Singleton
        Drain drain(Ticker ticker) {
            return new Drain(ticker);
        }
    }
}
