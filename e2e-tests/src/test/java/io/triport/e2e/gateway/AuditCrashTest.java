package io.triport.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill in the middle of requests, start, look: no answer without its record, no record twice, none before an earlier one. */
final class AuditCrashTest {
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;
    private static final int ANSWERS = 200;

    @TempDir
    private Path directory;

    @Test
    void every_answer_has_its_row_after_kills_while_the_table_is_there() throws SQLException {
        var answered = new Answered();
        try (var origin = Origin.start()) {
            var file = file(origin.url(), "sink: sql, flush: 50ms");
            for (var round = 0; round < ROUNDS; round++) {
                try (var node = GatewayNode.start(directory, file, Map.of())) {
                    answered.untilKilled(node, "r" + round, CLIENTS, ANSWERS);
                }
            }
            try (var last = GatewayNode.start(directory, file, Map.of())) {
                last.terminate();
                assertThat(last.exit()).isIn(0, 143);
            }
        }

        assertComplete(answered, rows());
    }

    @Test
    void every_answer_has_its_record_in_order_when_the_collector_comes_back_after_kills() throws IOException {
        var answered = new Answered();
        var port = freePort();
        try (var origin = Origin.start()) {
            var file =
                    file(origin.url(), "sink: otlp, endpoint: \"http://127.0.0.1:%d\", onFull: spill".formatted(port));
            for (var round = 0; round < ROUNDS; round++) {
                try (var node = GatewayNode.start(directory, file, Map.of())) {
                    answered.untilKilled(node, "r" + round, CLIENTS, ANSWERS);
                }
            }
            try (var collector = Collector.listening(port);
                    var last = GatewayNode.start(directory, file, Map.of())) {
                Within.reason("records", () -> new HashSet<>(collector.paths()).containsAll(answered.paths()));
                last.terminate();
                assertThat(last.exit()).isIn(0, 143);

                assertComplete(answered, collector.paths());
            }
        }
    }

    /** A client's requests are one after the other, so their records are too. */
    private static void assertComplete(Answered answered, List<String> recorded) {
        assertThat(answered.paths()).hasSizeGreaterThanOrEqualTo(ROUNDS * ANSWERS);
        assertThat(recorded).doesNotHaveDuplicates().containsAll(answered.paths());
        var latest = new HashMap<String, Integer>();
        for (var path : recorded) {
            var slash = path.lastIndexOf('/');
            var number = Integer.parseInt(path.substring(slash + 1));
            assertThat(latest.getOrDefault(path.substring(0, slash), -1))
                    .as(path)
                    .isLessThan(number);
            latest.put(path.substring(0, slash), number);
        }
    }

    /** In the order in which they were written. */
    private List<String> rows() throws SQLException {
        var paths = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select path from audit_logs order by rowid")) {
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private Path database() {
        return directory.resolve("data").resolve("triport.db");
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private String file(String url, String sink) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            audit: {%s, durable: true, spillDir: "%s"}
            """.formatted(url, sink, directory.resolve("spill"));
    }
}
