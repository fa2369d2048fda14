package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.SmallDisk;
import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under the gateway's audit, and gets room again. */
final class FullDiskTest {
    private static final int MEGABYTES = 32;

    @TempDir
    private Path disk;

    @TempDir
    private Path directory;

    private final List<String> answered = new ArrayList<>();

    @Test
    void nothing_is_admitted_without_a_record_while_the_disk_is_full_and_all_goes_on_without_a_restart()
            throws IOException, SQLException {
        try (var origin = Origin.start();
                var small = SmallDisk.mount(disk, MEGABYTES)) {
            try (var node = GatewayNode.startOn(small, directory, file(origin.url()))) {
                for (var number = 0; number < 50; number++) {
                    assertThat(ask(node, "/before/" + number)).isEqualTo(200);
                }
                small.fill();
                Within.reason("no more room", () -> ask(node, "/" + "f".repeat(1_500) + answered.size()) == 503);

                for (var number = 0; number < 3; number++) {
                    assertThat(ask(node, "/full/" + number)).isEqualTo(503);
                }
                Within.reason("not ready", () -> readiness(node) == 503);
                assertThat(node.output()).contains("audit sink=away");

                small.empty();
                Within.reason("answers again", () -> ask(node, "/after") == 200);
                Within.reason("ready again", () -> readiness(node) == 200);
                node.terminate();
                assertThat(node.exit()).isIn(0, 143);
            }

            assertThat(recorded(small)).doesNotHaveDuplicates().containsAll(new HashSet<>(answered));
        }
    }

    private int ask(AppProcess node, String path) {
        var address = node.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            var status = Answered.status(socket);
            if (status == 200) {
                answered.add(path);
            }
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int readiness(AppProcess node) {
        try {
            var connection = (HttpURLConnection)
                    URI.create(node.management() + "/ready").toURL().openConnection();
            var status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths of the allowed requests. The file is copied, because only a process inside can lock it. */
    private List<String> recorded(SmallDisk small) throws IOException, SQLException {
        for (var name : List.of("triport.db", "triport.db-wal")) {
            var file = small.outside(small.data().resolve(name));
            if (Files.exists(file)) {
                Files.copy(file, directory.resolve(name));
            }
        }
        var paths = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("triport.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select path from audit_logs where outcome = 'allowed'")) {
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            audit: {queue: 20, batch: 10, flush: 10ms}
            """.formatted(url);
    }
}
