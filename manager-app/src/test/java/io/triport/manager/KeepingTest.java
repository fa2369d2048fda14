package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes each day because it has been kept for long enough. The clock begins at midnight. */
@Timeout(60)
final class KeepingTest {
    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");

    @Test
    void old_entries_of_the_audit_and_old_jobs_go_at_seventeen_past_three_and_the_chain_holds() {
        try (var manager = start("audit-kept: 30d, jobs: {kept: 10d}")) {
            manager.lookAtTheClock();
            var old = export(manager);
            clock.advance(Duration.ofDays(20));
            manager.lookAtTheClock();
            assertThat(status(manager, old)).isEqualTo(404);
            assertThat(operations(manager)).isEqualTo("export,export,retention");

            var young = export(manager);
            clock.advance(Duration.ofDays(20).minusHours(1));
            manager.lookAtTheClock();
            assertThat(status(manager, young)).isEqualTo(404);
            clock.advance(Duration.ofHours(3));
            manager.lookAtTheClock();

            var verdict = manager.send("GET", "/api/audit/verify").result();
            assertThat(verdict.path("valid").asBoolean()).isTrue();
            assertThat(verdict.path("anchor").path("id").asLong()).isEqualTo(2);
            assertThat(manager.send("GET", "/api/audit/all?source=schedule")
                            .result()
                            .findValuesAsText("user_email"))
                    .isNotEmpty()
                    .containsOnly("task:manager-keeping");
        }
    }

    @Test
    void a_day_that_was_missed_is_made_up_for_once() {
        String old;
        try (var manager = start("jobs: {kept: 1d}")) {
            manager.lookAtTheClock();
            old = export(manager);
        }
        clock.advance(Duration.ofDays(9).plusHours(12));

        try (var manager = start("jobs: {kept: 1d}")) {
            manager.lookAtTheClock();
            manager.lookAtTheClock();

            assertThat(status(manager, old)).isEqualTo(404);
            assertThat(manager.send("GET", "/api/audit/all?operation=retention").result())
                    .hasSize(1);
        }
    }

    @Test
    void what_cannot_be_a_bound_stops_the_start() {
        refused("audit-kept: 1h", "1d..3650d");
        refused("audit-kept: forever", "1d..3650d");
        refused("jobs: {at-once: 0}", "1..64");
        refused("jobs: {at-once: 65}", "1..64");
        refused("jobs: {longest-import: 2048MiB}", "1MiB");
        refused("jobs: {files-kept: 1m}", "600s");
        refused("jobs: {kept: 1h}", "1d");
        refused("jobs: {batch: 7}", "batch");
        refused("files: {bucket: b}", "only beside endpoint");
        refused("files: {endpoint: 'https://s3.example.org/b'}", "without a path");
        refused("files: {endpoint: 'https://s3.example.org'}", "given beside endpoint");
        refused("files: {endpoint: 'https://s3.example.org', secret-access-key: text}", "secret-access-key");
    }

    private ManagerUnderTest start(String settings) {
        return ManagerUnderTest.start("triport: {manager: {" + settings + "}}", clock, world);
    }

    private static void refused(String settings, String expected) {
        assertThatThrownBy(() -> ManagerUnderTest.start("triport: {manager: {" + settings + "}}", Clock.systemUTC())
                        .close())
                .as(settings)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(expected);
    }

    private String export(ManagerUnderTest manager) {
        var job = manager.send("POST", "/api/export/" + here)
                .result()
                .path("job_id")
                .asText();
        JobWorld.ended(manager, job);
        return job;
    }

    private static int status(ManagerUnderTest manager, String job) {
        return manager.send("GET", "/api/jobs/" + job).status();
    }

    /** Of all entries, the oldest first. */
    private static String operations(ManagerUnderTest manager) {
        var all = manager.send("GET", "/api/audit/all").result().findValuesAsText("operation");
        return String.join(",", all.reversed());
    }
}
