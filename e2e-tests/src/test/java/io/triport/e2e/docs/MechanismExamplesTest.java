package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MechanismExamplesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access-jwt",
                "api-key",
                "client-certificates",
                "federation",
                "jwt",
                "oidc-login",
                "session",
                "signed-requests",
                "signer",
                "url-token",
                "workload-credentials"
            })
    void the_program_of_a_page_compiles_and_prints_what_the_page_says(String page) throws Exception {
        var blocks = Page.read("docs/identity/" + page + ".md").blocks();
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
