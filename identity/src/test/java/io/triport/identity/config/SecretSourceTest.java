package io.triport.identity.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretSourceTest {
    @TempDir
    Path directory;

    @Test
    void a_secret_comes_from_a_variable_or_a_file_without_the_blanks_around_it() throws IOException {
        var file = file("rw-------", "  from a file\n");

        assertThat(resolve("${env:S}")).isEqualTo(Secret.of("from the environment"));
        assertThat(resolve("${file:" + file + "}")).isEqualTo(Secret.of("from a file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top secret", "$S", "${S}", "${env:S} ", "${env:}", "x${env:S}", "${vault:S}", ""})
    void a_secret_that_is_written_out_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> resolve(text))
                .isInstanceOf(ConfigError.class)
                .hasMessage("f line 1: k: (written out, not shown) (expected: ${env:NAME} or ${file:PATH})");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:MISSING}", "${env:BLANK}"})
    void a_variable_that_is_not_set_is_named(String reference) {
        assertThatThrownBy(() -> resolve(reference))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(reference + " is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---", "rwx-----x"})
    void a_file_that_others_may_use_is_refused(String mode) throws IOException {
        var file = file(mode, "secret");

        assertThatThrownBy(() -> resolve("${file:" + file + "}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("is open to others (expected: a file of mode 600 or 400)");
    }

    @Test
    void a_file_that_others_may_use_is_read_where_the_operator_says_so() throws IOException {
        assertThat(resolve("${file:" + file("rw-r--r--", "secret") + "}", true)).isEqualTo(Secret.of("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void a_file_of_its_owner_alone_is_read(String mode) throws IOException {
        assertThat(resolve("${file:" + file(mode, "secret") + "}")).isEqualTo(Secret.of("secret"));
    }

    @Test
    void files_without_a_secret_are_refused() throws IOException {
        assertThatThrownBy(() -> resolve("${file:" + file("rw-------", " \n") + "}"))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> resolve("${file:" + directory.resolve("none") + "}"))
                .hasMessageContaining("is unreadable");
        assertThatThrownBy(() -> resolve("${file:a\u0000b}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("the path of a file");
        assertThatThrownBy(() -> resolve("${file:" + file("rw-------", "x".repeat(65_537)) + "}"))
                .hasMessageContaining("is too large");
    }

    private Path file(String mode, String text) throws IOException {
        var file = Files.createTempFile(
                directory,
                "secret",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Secret resolve(String text) {
        return resolve(text, false);
    }

    private static Secret resolve(String text, boolean openFiles) {
        var environment = Map.of("S", " from the environment ", "BLANK", "  ");
        return new SecretSource(environment, new FollowedFiles(), openFiles)
                .resolve(new ConfigNode.Scalar("f line 1", text, true), "k");
    }
}
