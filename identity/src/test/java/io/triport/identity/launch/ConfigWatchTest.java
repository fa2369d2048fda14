package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.FollowedFiles;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {
    private static final List<String> BROKEN = List.of(
            "limit: [",
            "limit: }",
            "limit: 'x",
            "limit: \"x",
            "limit: 1\n bad: 2",
            "limit: 1: 2",
            "- limit",
            "limit",
            "limit: ",
            "limit: 0",
            "limit: 101",
            "limit: -1",
            "limit: 1.5",
            "limit: one",
            "limit: 0x10",
            "limit: 1 2",
            "limit: [1]",
            "limit: {a: 1}",
            "limit: 1\nlimit: 2",
            "limits: 1",
            "limit: 1\nother: 2",
            "Limit: 1",
            "limit: &a [1]\nb: *a",
            "limit: !x 1",
            "limit: !!java.net.URL x",
            "? [a]\n: 1",
            "limit: 1\n---\nlimit: 2",
            "\tlimit: 1",
            "limit: \u0001",
            "limit: %1",
            "{limit: 1",
            "limit: @1",
            "limit: `1",
            "limit: >x",
            "limit: |9x",
            "limit: *a",
            "limit: 99999999999999999999",
            "limit: NaN",
            "{\"limit\": 1} x",
            "limit: 1 # x\n  y: 2");

    @TempDir
    Path directory;

    private Path file;
    private final List<Integer> adopted = new ArrayList<>();
    private final List<Boolean> outcomes = new ArrayList<>();

    @BeforeEach
    void write_the_first_configuration() throws IOException {
        file = Files.writeString(directory.resolve("app.yml"), "limit: 1\n");
    }

    @Test
    void a_file_that_does_not_change_is_not_read_again() {
        try (var watch = watch()) {
            look(watch);
        }

        assertThat(outcomes).isEmpty();
    }

    @Test
    void a_good_file_is_adopted_once() throws IOException {
        try (var watch = watch()) {
            Files.writeString(file, "limit: 2\n");
            look(watch);
            look(watch);
        }

        assertThat(adopted).containsExactly(2);
        assertThat(outcomes).containsExactly(true);
    }

    @Test
    void forty_broken_files_change_nothing_and_are_each_reported_once() throws IOException {
        assertThat(BROKEN).hasSize(40).doesNotHaveDuplicates();
        try (var watch = watch()) {
            for (var broken : BROKEN) {
                Files.writeString(file, broken);
                look(watch);
                look(watch);
                assertThat(adopted).as(broken).isEmpty();
            }
            assertThat(outcomes).hasSize(40).containsOnly(false);

            Files.writeString(file, "limit: 7\n");
            look(watch);
        }

        assertThat(adopted).containsExactly(7);
    }

    @Test
    void a_file_that_is_still_being_written_is_not_adopted() throws IOException {
        try (var watch = watch()) {
            Files.writeString(file, "limit: 2");
            watch.look();
            Files.writeString(file, "limit: 23");
            watch.look();
            assertThat(adopted).isEmpty();

            watch.look();
        }

        assertThat(adopted).containsExactly(23);
    }

    @Test
    void a_file_that_vanished_keeps_the_old_configuration_and_may_come_back() throws IOException {
        try (var watch = watch()) {
            Files.delete(file);
            look(watch);
            assertThat(outcomes).containsExactly(false);

            Files.writeString(file, "limit: 1\n");
            look(watch);
        }

        assertThat(adopted).containsExactly(1);
    }

    @Test
    void a_change_between_the_first_reading_and_the_watch_is_not_missed() throws IOException {
        var before = new FollowedFiles();
        before.follow(file);
        Files.writeString(file, "limit: 5\n");

        try (var watch = new ConfigWatch<>(before, this::read, adopted::add, this::heard)) {
            look(watch);
        }

        assertThat(adopted).containsExactly(5);
    }

    @Test
    void a_failure_of_ours_does_not_end_the_watch() throws IOException {
        var failures = new ArrayList<>(List.of(new IllegalStateException("ours")));
        try (var watch = new ConfigWatch<>(
                followed(),
                this::read,
                limit -> {
                    if (!failures.isEmpty()) {
                        throw failures.removeFirst();
                    }
                    adopted.add(limit);
                },
                this::heard)) {
            Files.writeString(file, "limit: 2\n");
            look(watch);
            Files.writeString(file, "limit: 3\n");
            look(watch);
        }

        assertThat(outcomes).containsExactly(false, true);
        assertThat(adopted).containsExactly(3);
    }

    @Test
    void a_file_that_the_configuration_names_is_followed_too() throws IOException {
        var keys = Files.writeString(directory.resolve("keys.pem"), "old");
        var secret = Files.createFile(
                directory.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "old");
        Files.writeString(file, "limit: 4\nkeys: " + keys + "\nsecret: '${file:" + secret + "}'\n");
        try (var watch = watch()) {
            look(watch);
            assertThat(adopted).isEmpty();

            Files.writeString(keys, "new");
            look(watch);
            look(watch);
            assertThat(adopted).hasSize(1);

            Files.writeString(secret, "new");
            look(watch);
            look(watch);
            assertThat(adopted).hasSize(2);

            Files.writeString(secret, "");
            look(watch);
            look(watch);
            assertThat(outcomes).containsExactly(true, true, false);

            Files.writeString(secret, "mended");
            look(watch);
            assertThat(adopted).hasSize(3);
        }
    }

    @Test
    void a_file_that_is_named_no_more_is_followed_no_more() throws IOException {
        var keys = Files.writeString(directory.resolve("keys.pem"), "old");
        Files.writeString(file, "limit: 4\nkeys: " + keys + "\n");
        try (var watch = watch()) {
            Files.writeString(file, "limit: 5\n");
            look(watch);
            Files.writeString(keys, "new");
            look(watch);
        }

        assertThat(adopted).containsExactly(5);
    }

    @Test
    void it_reads_when_it_is_told_to_and_says_what_came_of_it() throws IOException {
        try (var watch = watch()) {
            assertThat(watch.read()).isEqualTo(new ConfigWatch.Outcome(true, ""));

            Files.writeString(file, "limit: 0\n");
            assertThat(watch.read().message()).contains("app.yml line 1: limit: 0");
            look(watch);
        }

        assertThat(adopted).containsExactly(1);
        assertThat(outcomes).containsExactly(true, false);
    }

    /** Twice, because a change counts when it has settled. */
    private static void look(ConfigWatch<?> watch) {
        watch.look();
        watch.look();
    }

    private ConfigWatch<Integer> watch() {
        return new ConfigWatch<>(followed(), this::read, adopted::add, this::heard);
    }

    /** What a first reading would have gone to. */
    private FollowedFiles followed() {
        var files = new FollowedFiles();
        read(files);
        return files;
    }

    private void heard(ConfigWatch.Outcome outcome) {
        outcomes.add(outcome.adopted());
    }

    /** @throws ConfigError as a real reader does */
    private Integer read(FollowedFiles files) {
        files.follow(file);
        var root = new Sources(ConfigFile.read(file), Map.of(), Map.of(), files).root();
        root.secret("secret", "");
        root.content("keys", "");
        var limit = root.value("limit", Value.integer(1, 100), "50", "");
        root.refuseUnknown();
        return limit;
    }
}
