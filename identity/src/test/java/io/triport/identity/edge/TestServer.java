package io.triport.identity.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.everybody.PublicMechanism;
import io.triport.identity.log.RequestLog;
import io.triport.identity.tls.TlsSettings;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.slf4j.event.Level;

/** A real server with one controller, and plain sockets to it. */
final class TestServer implements Closeable {
    private static final String SPEC = "edge-test-server";

    private final EmbeddedServer server;

    private TestServer(EmbeddedServer server) {
        this.server = server;
    }

    static TestServer start(EdgeLimits limits) {
        return start(limits, Map.of());
    }

    static TestServer start(EdgeLimits limits, Map<String, Object> more) {
        return start(settings(limits, new EdgeSettings.Listener("127.0.0.1", -1)), more);
    }

    static TestServer start(EdgeLimits limits, TlsSettings tls) {
        return start(settings(limits, new EdgeSettings.Listener("127.0.0.1", -1, tls)), Map.of());
    }

    private static TestServer start(EdgeSettings settings, Map<String, Object> more) {
        var properties = new HashMap<String, Object>(more);
        properties.put("spec.name", SPEC);
        properties.putAll(settings.serverProperties());
        properties.put("micronaut.security.enabled", false);
        properties.put("endpoints.all.enabled", false);
        properties.put("triport.base-path", "");
        var context = ApplicationContext.builder()
                .properties(properties)
                .singletons(settings, Clock.systemUTC(), Ticker.system(), Randomness.system())
                .start();
        return new TestServer(context.getBean(EmbeddedServer.class).start());
    }

    Client connect() throws IOException {
        return new Client(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
    }

    /** @param client with what the client knows and shows */
    Client connect(SSLContext client) throws IOException {
        return new Client(client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.getPort()));
    }

    int port() {
        return server.getPort();
    }

    Drain drain() {
        return server.getApplicationContext().getBean(Drain.class);
    }

    Gate gate() {
        return server.getApplicationContext().getBean(Gate.class);
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
    }

    /** A client that says what it likes. */
    static final class Client implements Closeable {
        private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

        private final Socket socket;

        private Client(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        }

        Client finishSending() throws IOException {
            socket.shutdownOutput();
            return this;
        }

        String readAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        /** Up to and with this text, or to the end. */
        String readUntil(String text) throws IOException {
            var read = new StringBuilder();
            while (read.indexOf(text) < 0) {
                var next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                read.append((char) next);
            }
            return read.toString();
        }

        List<Integer> statuses() throws IOException {
            return statuses(readAll());
        }

        static List<Integer> statuses(String replies) {
            return STATUS.matcher(replies)
                    .results()
                    .map(result -> Integer.parseInt(result.group(1)))
                    .toList();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Holds requests to {@code /echo/held} until they are let go, and tells when one has come. */
    @Singleton
    @Requires(property = "spec.name", value = SPEC)
    static final class Gate {
        final Semaphore arrived = new Semaphore(0);
        final Semaphore open = new Semaphore(0);
    }

    @Controller("/echo")
    @Requires(property = "spec.name", value = SPEC)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static final class Echo {
        private final Gate gate;

        Echo(Gate gate) {
            this.gate = gate;
        }

        @Get
        @Produces(MediaType.TEXT_PLAIN)
        @Identity(mechanisms = "public")
        String get() {
            return "got nothing";
        }

        @Get("/held")
        @Produces(MediaType.TEXT_PLAIN)
        @Identity(mechanisms = "public")
        String held() throws InterruptedException {
            gate.arrived.release();
            gate.open.acquire();
            return "held";
        }

        @Get("/peer")
        @Produces(MediaType.TEXT_PLAIN)
        @Identity(mechanisms = "public")
        String peer(Fetch fetch) {
            return switch (fetch.peer().security()) {
                case TransportSecurity.Plain plain -> "plain";
                case TransportSecurity.Tls tls -> "tls";
                case TransportSecurity.MutualTls mutual ->
                    mutual.certificate().getSubjectX500Principal().getName();
            };
        }

        /** More than the buffers of both ends take. */
        @Get("/large")
        @Produces(MediaType.APPLICATION_OCTET_STREAM)
        @Identity(mechanisms = "public")
        byte[] large() {
            return new byte[32 * 1024 * 1024];
        }

        @Post
        @Consumes(MediaType.ALL)
        @Produces(MediaType.TEXT_PLAIN)
        @Identity(mechanisms = "public")
        String post(Fetch fetch) {
            return "got " + new String(fetch.body().buffered().toByteArray(), ISO_8859_1);
        }
    }

    private static EdgeSettings settings(EdgeLimits limits, EdgeSettings.Listener listener) {
        return new EdgeSettings(
                "edge-test",
                listener,
                listener,
                "",
                List.of(),
                ByteSize.ofKiB(64),
                limits,
                new EdgeSettings.Stop(Duration.ZERO, Duration.ofSeconds(25)),
                60);
    }

    @Factory
    @Requires(property = "spec.name", value = SPEC)
    static final class Beans {
        @Primary
        @Singleton
        AccessGate gate(Clock clock, RequestLog log) {
            return new AccessGate(Set.of(new PublicMechanism()), Set.of(), clock, log);
        }

        @Primary
        @Singleton
        ErrorShape errors() {
            return new PlainErrors();
        }
    }

    private static final class PlainErrors implements ErrorShape {
        @Override
        public EdgeAnswer of(EdgeRefusal refusal) {
            return answer(refusal.status(), refusal.code());
        }

        @Override
        public EdgeAnswer of(Refusal refusal) {
            return answer(401, "refused");
        }

        @Override
        public Failure of(RuntimeException failure) {
            return new Failure(answer(500, "failed"), Layer.REQUEST, Level.ERROR);
        }

        private static EdgeAnswer answer(int status, String code) {
            return new EdgeAnswer(status, "text/plain", Bytes.utf8(code), Map.of());
        }
    }
}
