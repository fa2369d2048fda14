package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.SettableTicker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner whose process is stopped within an event, for longer than its lease: the case DO-09 as operators see it. */
@Timeout(120)
final class PausedOwnerTest {
    private static final ObjectClass TYPE = new ObjectClass(TurnsFixture.COUNTERS);
    private static final int ADDED_MEANWHILE = 5;

    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final SettableTicker ticker = new SettableTicker();
    private final TurnsFixture other =
            new TurnsFixture(() -> database.storage().states(ticker, PostgreSqlStateStore.FENCE), ticker, () -> {});

    @AfterEach
    void close() {
        other.close();
        database.close();
    }

    @Test
    @Tag("DO-09")
    void a_process_that_was_stopped_beyond_its_lease_commits_nothing_and_its_answer_never_leaves()
            throws IOException, InterruptedException {
        var paused = start();
        try (var told = paused.inputReader(StandardCharsets.UTF_8)) {
            assertThat(told.readLine()).isEqualTo("counted 0");
            signal("-STOP", paused);
            var objects = other.open(TurnsFixture.counters()).objects(TYPE).orElseThrow();
            for (var added = 1; added <= ADDED_MEANWHILE; added++) {
                assertThat(addWithPatience(objects)).isEqualTo(added);
            }
            signal("-CONT", paused);
            try (var commands = paused.outputWriter(StandardCharsets.UTF_8)) {
                commands.write("go on\n");
            }

            assertThat(rest(told)).containsExactly("failed " + FailureCode.FENCED);
            assertThat(addWithPatience(objects)).isEqualTo(ADDED_MEANWHILE + 1);
        } finally {
            paused.destroyForcibly().waitFor();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausedCounter.class.getName(),
                        database.settings().url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static List<String> rest(BufferedReader told) {
        return told.lines().toList();
    }

    private static long addWithPatience(DurableObjects objects) {
        var added = new long[1];
        assertThat(Patience.until(() -> {
                    try {
                        var id = objects.named(ObjectName.of("counter"));
                        added[0] = Long.parseLong(objects.inTurn(id, new ObjectEvent("add"))
                                .body()
                                .toUtf8());
                        return true;
                    } catch (StorageFailure.Unavailable e) {
                        return false;
                    }
                }))
                .isTrue();
        return added[0];
    }
}
