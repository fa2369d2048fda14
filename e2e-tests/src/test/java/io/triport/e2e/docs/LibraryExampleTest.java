package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryExampleTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"docs/identity.md", "docs/storage-durable-objects.md", "docs/storage-queues.md"})
    void the_program_of_a_page_compiles_and_prints_what_the_page_says(String page) throws Exception {
        var blocks = Page.read(page).blocks();
        var program = blocks.stream()
                .filter(block -> block.is("java", "tested"))
                .findFirst()
                .orElseThrow();
        var output = blocks.stream()
                .filter(block -> block.is("text", "output"))
                .findFirst()
                .orElseThrow();

        assertThat(JavaExample.of(program.text()).run(directory)).isEqualTo(output.text());
    }
}
