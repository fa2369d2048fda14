package io.triport.storage.caffeine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may have a directory of cached responses, and what is in it then. */
final class BodyFolderTest {
    private static final String LOCK = "triport-cache.lock";

    @TempDir
    private Path directory;

    @Test
    void a_directory_that_is_not_there_is_made() {
        try (var world = DiskWorld.open(directory.resolve("a/b"))) {
            world.put("/a", GeneratedContent.of(1, 100_000));

            assertThat(world.files()).hasSize(1);
        }
    }

    @Test
    void who_closes_leaves_nothing_but_the_lock_for_the_next() throws IOException {
        try (var world = DiskWorld.open(directory)) {
            world.put("/a", GeneratedContent.of(1, 100_000));
        }
        assertThat(names()).containsExactly(LOCK);

        try (var next = DiskWorld.open(directory)) {
            assertThat(next.match("/a")).isEqualTo(new CacheMatch.Miss());
        }
    }

    @Test
    void what_a_killed_process_left_is_removed_and_while_it_lived_it_had_the_directory_alone()
            throws IOException, InterruptedException {
        var process = KilledCaches.start(directory);
        try {
            assertThat(names()).hasSize(3).anyMatch(name -> name.endsWith(".part"));
            assertThatThrownBy(() -> DiskWorld.open(directory))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("held");
            assertThat(names()).hasSize(3);
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (var world = DiskWorld.open(directory)) {
            assertThat(world.files()).isEmpty();
            assertThat(world.match("/whole")).isEqualTo(new CacheMatch.Miss());
            world.put("/a", GeneratedContent.of(1, 100_000));
            assertThat(world.files()).hasSize(1);
        }
    }

    @Test
    void a_second_cache_of_the_same_process_is_refused_and_takes_nothing_from_the_first() {
        try (var first = DiskWorld.open(directory)) {
            first.put("/a", GeneratedContent.of(1, 100_000));

            assertThatThrownBy(() -> DiskWorld.open(directory))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("held");

            assertThat(GeneratedContent.read(first.body("/a")))
                    .isEqualTo(GeneratedContent.of(1, 100_000).whole());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "letter.txt",
                "0000000000000001.body",
                "0000000000000001.part",
                "000000000000000g.body",
                ".hidden"
            })
    void a_directory_with_a_file_in_it_that_no_cache_has_made_is_refused_and_left_as_it_is(String name)
            throws IOException {
        Files.writeString(directory.resolve(name), "mine");

        assertThatThrownBy(() -> DiskWorld.open(directory))
                .isInstanceOf(StorageFailure.Unavailable.class)
                .hasMessageContaining(name)
                .hasMessageContaining("expected: an empty directory");

        assertThat(names()).containsExactly(name);
        Files.delete(directory.resolve(name));
        DiskWorld.open(directory).close();
    }

    @Test
    void a_file_that_came_to_those_of_a_cache_keeps_the_next_from_removing_any() throws IOException {
        DiskWorld.open(directory).close();
        Files.writeString(directory.resolve("0000000000000001.body"), "left");
        Files.createDirectory(directory.resolve("0000000000000002.body"));

        assertThatThrownBy(() -> DiskWorld.open(directory)).hasMessageContaining("0000000000000002.body");
        assertThat(names()).hasSize(3);

        Files.delete(directory.resolve("0000000000000002.body"));
        try (var world = DiskWorld.open(directory)) {
            assertThat(world.files()).isEmpty();
        }
    }

    @Test
    void a_path_that_is_no_directory_is_refused() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "mine");

        assertThatThrownBy(() -> DiskWorld.open(file))
                .isInstanceOf(StorageFailure.Unavailable.class)
                .hasMessageContaining("no directory for cached responses");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
