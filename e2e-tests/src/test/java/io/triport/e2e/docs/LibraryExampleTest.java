package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryExampleTest {
    @TempDir
    Path directory;

    @Test
    void the_program_of_the_identity_page_compiles_and_prints_what_the_page_says() throws Exception {
        var blocks = Page.read("docs/identity.md").blocks();
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
