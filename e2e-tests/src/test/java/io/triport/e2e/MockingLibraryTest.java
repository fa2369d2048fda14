package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule 14 for the class paths of all modules: what the build resolves, as it is locked. */
final class MockingLibraryTest {
    private static final Path LOCKED = Path.of("..", "build", "dependencies.lock");
    private static final Set<String> GROUPS = Set.of(
            "org.mockito",
            "org.easymock",
            "org.powermock",
            "org.jmock",
            "org.jmockit",
            "io.mockk",
            "org.spockframework");

    @Test
    void no_module_resolves_a_mocking_library() throws IOException {
        var locked = Files.readAllLines(LOCKED);

        assertThat(locked).anyMatch(line -> line.startsWith("org.junit.jupiter:junit-jupiter:"));
        assertThat(mocking(locked.stream())).isEmpty();
    }

    @Test
    void a_mocking_library_would_be_seen() {
        assertThat(mocking(
                        Stream.of("org.mockito:mockito-core:jar:5.20.0 0123 domain:test", "org.slf4j:slf4j-api:jar:2")))
                .containsExactly("org.mockito:mockito-core:jar:5.20.0 0123 domain:test");
    }

    private static List<String> mocking(Stream<String> artifacts) {
        return artifacts
                .filter(line -> line.indexOf(':') > 0 && GROUPS.contains(line.substring(0, line.indexOf(':'))))
                .toList();
    }
}
