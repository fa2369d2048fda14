package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.kv.Application;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies that hand on to each other over a cable that is pulled, while both go on to reach their database. */
final class CutBetweenNodesTest {
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [do]
            classes: {rooms: {code: io.triport.e2e.kv.RoomObject}}
            peers: {listen: "%2$s:0", ca: %1$s/ca.pem, cert: %1$s/cert.pem, key: %1$s/key.pem}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [do.read, do.turn], classes: [rooms], prefixes: [""]}
        """;

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    private static final TlsAuthority AUTHORITY = new TlsAuthority("CN=nodes");
    private static OwnHost host;
    private static AppProcess far;
    private static AppProcess near;

    @BeforeAll
    static void start() throws IOException {
        host = OwnHost.open();
        OPEN.push(host::close);
        var database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        var code = ProvidedClass.in(directory, RoomObject.class);
        var run = AppProcess.Run.in(directory.resolve("far"), "kv-proxy", Application.class, "far.out")
                .with(code);
        far = host.launch(
                run,
                environment(host.lastingWayTo(database.port())),
                List.of("--config", configuration("far", host.innerEnd())));
        OPEN.push(far::close);
        near = KvNode.launchWith(
                code,
                directory.resolve("near"),
                "near",
                environment("127.0.0.1:" + database.port()),
                "--config",
                configuration("near", host.outerEnd()));
        OPEN.push(near::close);
        near.awaited();
        far.awaited();
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void a_room_stays_with_its_node_while_the_cable_is_pulled_and_the_other_is_told_so() throws Exception {
        losesTheOther(OwnHost::cut);
    }

    @Test
    void so_it_does_while_one_of_them_is_heard_and_hears_nothing() throws Exception {
        losesTheOther(OwnHost::deafen);
    }

    private static void losesTheOther(Consumer<OwnHost> how) throws Exception {
        try (var room = new RoomClient()) {
            room.enterOneOf(far);
            var bob = new RoomClient.Heard();
            room.connect(near, bob).sendText("hello", true).join();
            assertThat(bob.next()).isEqualTo("hello");
            room.add(far);
            room.add(near);

            how.accept(host);

            assertThat(room.added(near)).isFalse();
            assertThat(bob.next()).isEqualTo("closed 1012");
            assertThat(room.add(far)).endsWith(" of " + far.pid());
            assertThat(room.added(near)).isFalse();

            host.heal();

            Within.reason("the way is there again", () -> room.added(near));
            for (var node : List.of(near, far)) {
                room.assertCounted(node);
            }
            room.connect(near, bob).sendText("again", true).join();
            assertThat(bob.next()).isEqualTo("again");
        }
    }

    private static Map<String, String> environment(String location) {
        return Map.of("ALL", RoomClient.SECRET, "TRIPORT_STORAGE", "postgresql://postgres@" + location + "/postgres");
    }

    private static String configuration(String name, String address) throws IOException {
        var tls = Files.createDirectories(directory.resolve(name + "-tls"));
        AUTHORITY.file(tls.resolve("ca.pem"));
        var own = AUTHORITY.issueFor("CN=" + name, address);
        own.certFile(tls.resolve("cert.pem"));
        own.keyFile(tls.resolve("key.pem"));
        return Files.writeString(directory.resolve(name + ".yml"), CONFIGURATION.formatted(tls, address))
                .toString();
    }
}
