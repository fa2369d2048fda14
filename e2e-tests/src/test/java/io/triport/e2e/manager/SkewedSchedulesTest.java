package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.e2e.kv.Within;
import io.triport.testkit.PostgreSqlCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two managers on one PostgreSQL with schedules of each minute, the clock of one of which is some seconds ahead. */
final class SkewedSchedulesTest {
    private static final int SCHEDULES = 6;
    private static final Duration SKEW = Duration.ofSeconds(3);
    /** From the start of the nodes to the minute that they wait for: they are ready by then. */
    private static final Duration BEFORE = Duration.ofSeconds(35);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path serverDirectory;

    @TempDir
    private Path directory;

    @Test
    void each_minute_is_run_by_one_of_both() throws Exception {
        try (var database = PostgreSqlCluster.start(serverDirectory)) {
            var storage = Map.of("TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
            var ahead = untilAMinuteIsNear();
            try (var right = ManagerNode.startAhead(ahead, directory.resolve("right"), "right", storage);
                    var hasty =
                            ManagerNode.startAhead(ahead.plus(SKEW), directory.resolve("hasty"), "hasty", storage)) {
                var schedules = new ArrayList<String>();
                var space =
                        made(right, "/api/namespaces", "{\"title\":\"kept\"}").path("id");
                for (var number = 0; number < SCHEDULES; number++) {
                    schedules.add(made(number % 2 == 0 ? right : hasty, "/api/schedules", """
                        {"name": "s%d", "cron": "* * * * *",
                         "job": {"type": "index_check", "params": {"namespace_id": "%s"}}}
                        """.formatted(
                                            number, space.asText()))
                            .path("schedule")
                            .path("id")
                            .asText());
                }
                for (var schedule : schedules) {
                    Within.reason("run", () -> !runs(right, schedule).isEmpty());
                }
                var minute = Instant.parse(runs(right, schedules.getFirst()).getFirst());
                for (var node : List.of(right, hasty)) {
                    Within.reason(
                            "past the minute",
                            () -> next(node, schedules.getLast()).isAfter(minute));
                }

                for (var schedule : schedules) {
                    assertThat(runs(hasty, schedule)).doesNotHaveDuplicates();
                }
            }
        }
    }

    private static Duration untilAMinuteIsNear() {
        var now = Instant.now();
        var wanted = now.plus(BEFORE).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return Duration.between(now.plus(BEFORE), wanted);
    }

    /** The epoch before a node has looked. */
    private static Instant next(ManagerNode node, String schedule) {
        for (var cron : read(node, "/api/crons").path("crons")) {
            if (cron.path("name").asText().equals("schedule-" + schedule)
                    && !cron.path("next_at").isNull()) {
                return Instant.parse(cron.path("next_at").asText());
            }
        }
        return Instant.EPOCH;
    }

    /** The minutes of its runs, the newest first. */
    private static List<String> runs(ManagerNode node, String schedule) {
        var minutes = new ArrayList<String>();
        read(node, "/api/schedules/" + schedule + "/runs")
                .path("runs")
                .forEach(run -> minutes.add(run.path("due_at").asText()));
        return minutes;
    }

    private static JsonNode made(ManagerNode node, String path, String body) {
        return result(node.send("POST", path, body).body());
    }

    private static JsonNode read(ManagerNode node, String path) {
        return result(node.send("GET", path, "").body());
    }

    private static JsonNode result(String body) {
        try {
            var answer = JSON.readTree(body);
            assertThat(answer.path("success").asBoolean()).as(body).isTrue();
            return answer.path("result");
        } catch (java.io.IOException e) {
            throw new AssertionError(body, e);
        }
    }
}
