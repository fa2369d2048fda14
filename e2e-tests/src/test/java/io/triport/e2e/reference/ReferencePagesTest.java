package io.triport.e2e.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferencePagesTest {
    @TempDir
    private Path directory;

    @Test
    void the_page_of_the_manager_says_what_the_code_reads_and_answers() throws Exception {
        matches("manager-reference.md", ManagerReference.read(directory).page());
    }

    @Test
    void the_page_of_the_object_proxy_says_what_the_code_reads_and_answers() throws Exception {
        matches(
                "object-proxy-reference.md",
                ObjectProxyReference.read(directory).page());
    }

    private static void matches(String name, String page) throws Exception {
        var file = Path.of("..", "docs", name);
        if (Boolean.getBoolean("triport.write-reference")) {
            Files.writeString(file, page);
        }

        assertThat(Files.readString(file))
                .as(
                        "docs/%s; to write it anew: mvn test -pl e2e-tests -am -Dtest=ReferencePagesTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtriport.write-reference=true",
                        name)
                .isEqualTo(page);
    }
}
