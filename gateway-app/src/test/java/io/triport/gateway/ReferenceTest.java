package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "gateway-reference.md");

    @TempDir
    private Path directory;

    @Test
    void the_reference_page_says_what_the_code_reads_and_answers() throws Exception {
        var page = Reference.read(directory).page();
        if (Boolean.getBoolean("triport.write-reference")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/gateway-reference.md; to write it anew: mvn test -pl gateway-app -am -Dtest=ReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dtriport.write-reference=true")
                .isEqualTo(page);
    }
}
