package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final int OK = 200;
    private static final int STRANGER = 403;
    private static final int CALLERS = 8;
    private static final int CALLS = 10;

    @TempDir
    private Path serverDirectory;

    @TempDir
    private Path directory;

    private final TlsAuthority authority = new TlsAuthority("CN=nodes");
    private final RoomClient room = new RoomClient();
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
                RoomClient.SECRET,
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
        room.enterOneOf(nodes.getFirst());
    }

    @AfterEach
    void stop() {
        room.close();
        nodes.forEach(AppProcess::close);
        database.close();
    }

    @Test
    void people_of_both_nodes_are_in_one_room_which_one_of_the_nodes_has() throws Exception {
        var owner = " of " + nodes.getFirst().pid();
        var ada = new RoomClient.Heard();
        var bob = new RoomClient.Heard();
        var hers = room.connect(nodes.getFirst(), ada);
        var his = room.connect(nodes.getLast(), bob);

        hers.sendText("one", true).join();
        assertThat(ada.next()).isEqualTo("one");
        assertThat(bob.next()).isEqualTo("one");
        his.sendText("two", true).join();
        assertThat(ada.next()).isEqualTo("two");
        assertThat(bob.next()).isEqualTo("two");

        AtOnce.run(CALLERS, number -> () -> {
            for (var call = 0; call < CALLS; call++) {
                assertThat(room.add(nodes.get(number % 2))).endsWith(owner);
            }
            return number;
        });
        for (var node : nodes) {
            assertThat(room.look(node)).isEqualTo(CALLERS * CALLS + owner);
        }
    }

    @Test
    void a_node_that_stops_hands_its_room_over_and_what_the_other_is_told_is_true() throws Exception {
        room.add(nodes.getFirst());
        var bob = new RoomClient.Heard();
        room.connect(nodes.getLast(), bob);
        var stopped = new AtomicBoolean();
        var began = new LinkedBlockingQueue<Integer>();
        Thread.ofVirtual().start(() -> {
            Within.reason("requests", () -> began.size() > 2 * CALLERS);
            nodes.getFirst().terminate();
            nodes.getFirst().exit();
            stopped.set(true);
        });

        AtOnce.run(CALLERS, number -> () -> {
            for (var more = 0; more < CALLS; more += stopped.get() ? 1 : 0) {
                // On a slow machine an event may outlast the second that a node has to stop, and others their patience.
                room.added(nodes.getLast());
                began.add(number);
            }
            return number;
        });

        room.assertCounted(nodes.getLast());
        assertThat(bob.next()).isEqualTo("closed 1012");
        room.connect(nodes.getLast(), bob).sendText("again", true).join();
        assertThat(bob.next()).isEqualTo("again");
    }

    @Test
    void a_node_that_is_killed_loses_nothing_that_was_answered_and_its_clients_come_again() throws Exception {
        room.add(nodes.getFirst());
        var bob = new RoomClient.Heard();
        room.connect(nodes.getLast(), bob);
        for (var call = 0; call < CALLS; call++) {
            room.add(nodes.getLast());
        }

        nodes.getFirst().kill();

        assertThat(bob.next()).isEqualTo("closed 1012");
        Within.reason("the lease has ended", () -> room.added(nodes.getLast()));
        room.assertCounted(nodes.getLast());
        room.connect(nodes.getLast(), bob).sendText("again", true).join();
        assertThat(bob.next()).isEqualTo("again");
    }

    @Test
    void a_node_that_is_paused_beyond_its_lease_is_passed_over_and_changes_nothing_later() throws Exception {
        room.add(nodes.getFirst());
        room.add(nodes.getLast());

        nodes.getFirst().pause();
        Within.reason("the lease has ended", () -> room.added(nodes.getLast()));
        assertThat(room.look(nodes.getLast())).endsWith(" of " + nodes.getLast().pid());
        nodes.getFirst().goOn();

        Within.reason("the paused node answers", () -> room.added(nodes.getFirst()));
        for (var node : nodes) {
            assertThat(room.look(node)).endsWith(" of " + nodes.getLast().pid());
            room.assertCounted(node);
        }
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
                assertThat(turnWith(printed.strip() + "x", node)).isEqualTo(STRANGER);
            }
        }
    }

    private int turnWith(String key, AppProcess node) {
        var request = HttpRequest.newBuilder(node.address().resolve(room.room()))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** @param port for the other nodes, 0 for any */
    private String configuration(String name, int port) throws IOException {
        return Files.writeString(directory.resolve(name), CONFIGURATION.formatted(tls, port))
                .toString();
    }
}
