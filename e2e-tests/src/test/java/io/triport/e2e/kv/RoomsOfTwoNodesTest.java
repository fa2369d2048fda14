package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies that hand on to each other what is for durable objects of the other, in TLS of both sides. */
final class RoomsOfTwoNodesTest {
    private static final String CONFIGURATION = """
        identity:
          scripts: {type: api-key, pepper: ["${env:PEPPER}"]}
        triport:
          kv:
            ports: [do]
            classes: {rooms: {code: io.triport.e2e.kv.RoomObject}}
            peers: {listen: "127.0.0.1:%2$s", ca: %1$s/ca.pem, cert: %1$s/cert.pem, key: %1$s/key.pem}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [do.read, do.turn], classes: [rooms], prefixes: [""]}
            callers:
              cooks: {by: scripts, subjects: [cooks], scopes: [do.turn], classes: [rooms], prefixes: [""]}
        """;
    private static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";
    private static final String ROOM = "/zin/do/rooms/kitchen/";
    private static final int OK = 200;
    private static final int UNKNOWN = 403;
    private static final int AWAY = 503;
    private static final int UNKNOWN_END = 504;
    private static final int CALLERS = 8;
    private static final int CALLS = 10;

    @TempDir
    private Path serverDirectory;

    @TempDir
    private Path directory;

    private final TlsAuthority authority = new TlsAuthority("CN=nodes");
    private final WireClient client = new WireClient("all", SECRET);
    private final HttpClient sockets = HttpClient.newHttpClient();
    private final List<AppProcess> nodes = new ArrayList<>();
    private PostgreSqlCluster database;
    private Path tls;
    private Path code;
    private Map<String, String> environment;

    @BeforeEach
    void start() throws IOException {
        database = PostgreSqlCluster.start(serverDirectory);
        tls = Files.createDirectories(directory.resolve("tls"));
        authority.file(tls.resolve("ca.pem"));
        var own = authority.issue("CN=node");
        own.certFile(tls.resolve("cert.pem"));
        own.keyFile(tls.resolve("key.pem"));
        environment = Map.of(
                "ALL",
                SECRET,
                "PEPPER",
                "a pepper of thirty-two bytes or more",
                "TRIPORT_STORAGE",
                "postgresql://postgres@" + database.location());
        var file = configuration("kv.yml", 0);
        code = ProvidedClass.in(directory, RoomObject.class);
        for (var name : List.of("one", "other")) {
            nodes.add(KvNode.launchWith(code, directory.resolve(name), name, environment, "--config", file));
        }
        nodes.forEach(AppProcess::awaited);
    }

    @AfterEach
    void stop() {
        sockets.shutdownNow();
        client.close();
        nodes.forEach(AppProcess::close);
        database.close();
    }

    @Test
    void people_of_both_nodes_are_in_one_room_which_one_of_the_nodes_has() throws Exception {
        var owner = turn(nodes.getFirst(), "POST").split(" of ")[1];
        var ada = new Heard();
        var bob = new Heard();
        var hers = connect(nodes.getFirst(), ada);
        var his = connect(nodes.getLast(), bob);

        hers.sendText("one", true).join();
        assertThat(ada.next()).isEqualTo("one");
        assertThat(bob.next()).isEqualTo("one");
        his.sendText("two", true).join();
        assertThat(ada.next()).isEqualTo("two");
        assertThat(bob.next()).isEqualTo("two");

        AtOnce.run(CALLERS, number -> () -> {
            for (var call = 0; call < CALLS; call++) {
                assertThat(turn(nodes.get(number % 2), "POST")).endsWith(" of " + owner);
            }
            return number;
        });
        for (var node : nodes) {
            assertThat(turn(node, "GET")).isEqualTo(1 + CALLERS * CALLS + " of " + owner);
        }
    }

    @Test
    void a_node_that_stops_hands_its_room_over_and_what_the_other_is_told_is_true() throws Exception {
        turn(nodes.getFirst(), "POST");
        var bob = new Heard();
        connect(nodes.getLast(), bob);
        var stopped = new AtomicBoolean();
        var began = new LinkedBlockingQueue<Integer>();
        Thread.ofVirtual().start(() -> {
            Within.reason("requests", () -> began.size() > 2 * CALLERS);
            nodes.getFirst().terminate();
            nodes.getFirst().exit();
            stopped.set(true);
        });

        var done = new AtomicInteger(1);
        var unknown = new AtomicInteger();
        AtOnce.run(CALLERS, number -> () -> {
            for (var more = 0; more < CALLS; more += stopped.get() ? 1 : 0) {
                // On a slow machine an event may outlast the second that a node has to stop, and others their patience.
                var status = status(nodes.getLast());
                assertThat(status).isIn(OK, AWAY, UNKNOWN_END);
                (status == UNKNOWN_END ? unknown : done).addAndGet(status == AWAY ? 0 : 1);
                began.add(number);
            }
            return number;
        });

        var counted = Integer.parseInt(turn(nodes.getLast(), "GET").split(" of ")[0]);
        assertThat(counted).isBetween(done.get(), done.get() + unknown.get());
        assertThat(bob.next()).isEqualTo("closed 1012");
        connect(nodes.getLast(), bob).sendText("again", true).join();
        assertThat(bob.next()).isEqualTo("again");
    }

    @Test
    void a_node_that_is_killed_loses_nothing_that_was_answered_and_its_clients_come_again() throws Exception {
        turn(nodes.getFirst(), "POST");
        var bob = new Heard();
        connect(nodes.getLast(), bob);
        for (var call = 0; call < CALLS; call++) {
            turn(nodes.getLast(), "POST");
        }

        nodes.getFirst().kill();

        assertThat(bob.next()).isEqualTo("closed 1012");
        Within.reason("the lease has ended", () -> answered(nodes.getLast()));
        assertThat(turn(nodes.getLast(), "GET")).startsWith(2 + CALLS + " of ");
        connect(nodes.getLast(), bob).sendText("again", true).join();
        assertThat(bob.next()).isEqualTo("again");
    }

    @Test
    void a_node_that_is_paused_beyond_its_lease_is_passed_over_and_changes_nothing_later() throws Exception {
        turn(nodes.getFirst(), "POST");
        turn(nodes.getLast(), "POST");
        var done = new AtomicInteger(2);
        var unknown = new AtomicInteger();

        nodes.getFirst().pause();
        Within.reason("the lease has ended", () -> {
            var status = status(nodes.getLast());
            assertThat(status).isIn(OK, AWAY, UNKNOWN_END);
            (status == UNKNOWN_END ? unknown : done).addAndGet(status == AWAY ? 0 : 1);
            return status == OK;
        });
        var other = turn(nodes.getLast(), "GET").split(" of ")[1];
        nodes.getFirst().goOn();

        Within.reason("the paused node answers", () -> {
            var status = status(nodes.getFirst());
            assertThat(status).isIn(OK, AWAY, UNKNOWN_END);
            (status == UNKNOWN_END ? unknown : done).addAndGet(status == AWAY ? 0 : 1);
            return status == OK;
        });
        for (var node : nodes) {
            assertThat(turn(node, "GET")).endsWith(" of " + other);
        }
        var counted = Integer.parseInt(turn(nodes.getLast(), "GET").split(" of ")[0]);
        assertThat(counted).isBetween(done.get(), done.get() + unknown.get());
    }

    @Test
    void an_api_key_that_a_command_makes_beside_them_opens_both() throws Exception {
        try (var held = new ServerSocket(0)) {
            // The command is no node: it has no use for the port, nor for the objects.
            var printed = ProxyCommand.run(
                    KvNode.program(code),
                    directory.resolve("told"),
                    environment,
                    List.of(
                            "keygen",
                            "api-key",
                            "--config",
                            configuration("command.yml", held.getLocalPort()),
                            "--owner",
                            "cooks",
                            "--scopes",
                            "do.turn"));
            for (var node : nodes) {
                Within.reason("the key is taken", () -> turnWith(printed.strip(), node) == OK);
                assertThat(turnWith(printed.strip() + "x", node)).isEqualTo(UNKNOWN);
            }
        }
    }

    private int turnWith(String key, AppProcess node) {
        var request = HttpRequest.newBuilder(node.address().resolve(ROOM))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return sockets.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** @param port for the other nodes, 0 for any */
    private String configuration(String name, int port) throws IOException {
        return Files.writeString(directory.resolve(name), CONFIGURATION.formatted(tls, port))
                .toString();
    }

    private boolean answered(AppProcess node) {
        var status = status(node);
        assertThat(status).isIn(OK, AWAY);
        return status == OK;
    }

    private int status(AppProcess node) {
        try {
            return client.send(node.address(), client.signMethod("POST", ROOM, ""))
                    .status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String turn(AppProcess node, String method) throws IOException {
        var answer = client.send(node.address(), client.signMethod(method, ROOM, ""));
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.body();
    }

    private WebSocket connect(AppProcess node, Heard heard) {
        var builder = sockets.newWebSocketBuilder();
        client.signMethod("GET", ROOM, "").headers().forEach(builder::header);
        return builder.buildAsync(URI.create("ws://" + node.address().getAuthority() + ROOM), heard)
                .join();
    }

    /** Keeps what comes. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        private String next() throws InterruptedException {
            return all.take();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            all.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code);
            return null;
        }
    }
}
