package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsualFileTest {
    private final UsualFile usual = new UsualFile("TRIPORT_TEST_CONFIG", "test.yaml");

    @TempDir
    private Path directory;

    @Test
    void the_variable_says_which_even_where_there_is_none() throws IOException {
        Files.createFile(directory.resolve("test.yaml"));

        assertThat(usual.find(Map.of("TRIPORT_TEST_CONFIG", "other.yaml"), directory))
                .contains(directory.resolve("other.yaml"));
        assertThat(usual.find(Map.of("TRIPORT_TEST_CONFIG", "/etc/other.yaml"), directory))
                .contains(Path.of("/etc/other.yaml"));
    }

    @Test
    void without_it_the_one_of_the_working_directory_counts_if_it_is_there() throws IOException {
        assertThat(usual.find(Map.of(), directory)).isEmpty();

        Files.createFile(directory.resolve("test.yaml"));

        assertThat(usual.find(Map.of(), directory)).contains(directory.resolve("test.yaml"));
        assertThat(usual.find(Map.of("TRIPORT_TEST_CONFIG", " "), directory)).contains(directory.resolve("test.yaml"));
    }
}
