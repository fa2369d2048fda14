package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.SmallDisk;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk on which objects work on their databases fills up, while PostgreSQL, which keeps these, has room. */
final class FullScratchTest {
    private static final int MEGABYTES = 32;
    private static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";
    private static final String LEDGER = "/zin/do/ledgers/kitchen/";
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [do]
            classes: {ledgers: {code: io.triport.e2e.kv.LedgerObject}}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [do.read, do.turn], classes: [ledgers], prefixes: [""]}
        """;

    @TempDir
    private Path server;

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    private int answered;

    @Test
    void an_event_without_room_is_refused_and_changes_nothing_and_the_object_goes_on_without_a_restart()
            throws IOException {
        try (var database = PostgreSqlCluster.start(server);
                var small = SmallDisk.mount(disk, MEGABYTES);
                var client = new WireClient("all", SECRET)) {
            try (var node = started(small, database, "full")) {
                for (var number = 0; number < 10; number++) {
                    assertThat(add(client, node)).isEqualTo(200);
                }
                small.fill();
                assertThat(firstRefused(client, node)).isEqualTo(507);
                for (var number = 0; number < 10; number++) {
                    assertThat(add(client, node)).isEqualTo(507);
                }

                small.empty();

                Within.reason("works again", () -> worked(client, node));
                assertAllThere(client, node);
                node.kill();
            }
            try (var again = started(small, database, "again")) {
                Within.reason("the lease has ended", () -> worked(client, again));
                assertAllThere(client, again);
            }
        }
    }

    /** What was open already may still take some events. */
    private int firstRefused(WireClient client, AppProcess node) throws IOException {
        for (var number = 0; number < 1_000; number++) {
            var status = add(client, node);
            if (status != 200) {
                return status;
            }
        }
        throw new AssertionError("a full disk takes everything");
    }

    private boolean worked(WireClient client, AppProcess node) {
        try {
            var status = add(client, node);
            assertThat(status).isIn(200, 503);
            return status == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int add(WireClient client, AppProcess node) throws IOException {
        var status = client.send(node.address(), client.signMethod("POST", LEDGER, ""))
                .status();
        answered += status == 200 ? 1 : 0;
        return status;
    }

    private void assertAllThere(WireClient client, AppProcess node) throws IOException {
        assertThat(client.send(node.address(), client.signMethod("GET", LEDGER, ""))
                        .body())
                .isEqualTo(answered + " in " + answered + " rows");
    }

    private AppProcess started(SmallDisk small, PostgreSqlCluster database, String name) throws IOException {
        var file = Files.writeString(directory.resolve(name + ".yml"), CONFIGURATION);
        var environment = Map.of("ALL", SECRET, "TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
        return KvNode.startOn(
                small,
                ProvidedClass.in(directory.resolve(name), LedgerObject.class),
                directory,
                name,
                environment,
                "--config",
                file.toString());
    }
}
