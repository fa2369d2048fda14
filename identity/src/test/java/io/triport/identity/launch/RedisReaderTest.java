package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisReaderTest {
    private final TlsAuthority authority = new TlsAuthority("CN=servers");

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        authority.file(directory.resolve("ca.pem"));
        Files.writeString(directory.resolve("empty.pem"), "nothing");
    }

    @Test
    void a_server_is_read_with_its_password_and_the_authorities_of_its_certificate() {
        assertThat(read("{store: 'rediss://h:6380/1', store-password: '${env:PASSWORD}', store-ca: D/ca.pem}"))
                .contains(new StorageSettings.Redis(
                        "rediss://h:6380/1",
                        Secret.of("open sesame"),
                        List.of(authority.itself().certificate())));
        assertThat(read("{store: 'redis://h'}")).contains(new StorageSettings.Redis("redis://h", Secret.of("")));
    }

    @Test
    void there_is_none_where_none_is_named() {
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "store-password: '${env:PASSWORD}'              | some.store-password",
                "store-ca: D/ca.pem                             | some.store-ca",
                "store: 'redis://h', store-ca: D/ca.pem         | some.store-ca",
                "store: 'rediss://h', store-ca: D/empty.pem     | empty.pem holds no certificate",
                "store: 'rediss://h', store-ca: D/missing.pem   | missing.pem is unreadable",
                "store: 'rediss://h', store-ca: ''              | some.store-ca",
                "store: 'redis://u:p@h'                         | some.store",
            })
    void what_cannot_be_meant_is_refused_with_its_name(String settings, String told) {
        assertThatThrownBy(() -> read("{" + settings + "}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("open sesame");
    }

    private Optional<StorageSettings.Redis> read(String some) {
        var file = ConfigFile.parse("f.yml", "some: " + some.replace("D/", directory + "/"));
        var section = new Sources(file, Map.of("PASSWORD", "open sesame"), Map.of())
                .root()
                .section("some");
        return RedisReader.read(section, "store", section.optional("store", RedisReader.SERVER, "A server."));
    }
}
