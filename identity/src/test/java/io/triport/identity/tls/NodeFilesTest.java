package io.triport.identity.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.storage.NodeProof;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeFilesTest {
    private final TlsAuthority authority = new TlsAuthority("CN=nodes");

    @TempDir
    Path directory;

    @BeforeEach
    void first() {
        authority.file(directory.resolve("ca.pem"));
        write("CN=first");
    }

    @Test
    void a_node_shows_what_its_files_hold_and_believes_the_authority_of_the_nodes() {
        var proof = files().get();

        assertThat(subject(proof)).isEqualTo("CN=first");
        assertThat(proof.authorities()).containsExactly(authority.itself().certificate());
        assertThat(proof).hasToString("NodeProof[CN=first]");
    }

    @Test
    void new_connections_show_a_certificate_that_was_written_meanwhile() {
        var files = files();
        write("CN=next");

        assertThat(subject(files.get())).isEqualTo("CN=next");
    }

    @Test
    void files_that_do_not_fit_together_leave_the_certificate_as_it_is_until_they_do() {
        var files = files();
        var next = authority.issue("CN=next");
        next.certFile(directory.resolve("cert.pem"));

        assertThat(subject(files.get())).isEqualTo("CN=first");
        next.keyFile(directory.resolve("key.pem"));
        assertThat(subject(files.get())).isEqualTo("CN=next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "cert", "key"})
    void each_file_is_needed_and_must_be_one(String name) throws IOException {
        var left = "{ca: D/ca.pem, cert: D/cert.pem, key: D/key.pem}".replaceAll(name + ": [^,}]*", "");
        assertThatThrownBy(
                        () -> read(left.replace("{, ", "{").replace(", }", "}").replace(", ,", ",")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("peers." + name);

        Files.writeString(directory.resolve(name + ".pem"), "nothing");
        assertThatThrownBy(this::files).isInstanceOf(ConfigError.class).hasMessageContaining("peers." + name);
    }

    @Test
    void a_key_that_others_may_read_is_refused_unless_it_is_said_that_they_may() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        var files = "{ca: D/ca.pem, cert: D/cert.pem, key: D/key.pem, allow-open-key-files: ";

        assertThatThrownBy(() -> read(files + "false}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("peers.key");
        assertThat(read(files + "true}")).isPresent();
    }

    @Test
    void there_is_none_where_nothing_is_said() {
        assertThat(read("{}")).isEmpty();
    }

    private void write(String subject) {
        var own = authority.issue(subject);
        own.certFile(directory.resolve("cert.pem"));
        own.keyFile(directory.resolve("key.pem"));
    }

    private NodeFiles files() {
        return read("{ca: D/ca.pem, cert: D/cert.pem, key: D/key.pem}").orElseThrow();
    }

    private Optional<NodeFiles> read(String peers) {
        var file = ConfigFile.parse("f.yml", "peers: " + peers.replace("D/", directory + "/"));
        return NodeFiles.read(new Sources(file, Map.of(), Map.of()).root().section("peers"));
    }

    private static String subject(NodeProof proof) {
        return proof.chain().getFirst().getSubjectX500Principal().getName();
    }
}
