package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.BucketName;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Ticker;
import io.triport.objects.config.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteProviderTest extends ProviderContract {
    @TempDir
    private Path directory;

    private StoredFixture node;

    @BeforeEach
    void start() {
        node = open().filled();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private StoredFixture open() {
        return StoredFixture.over(new StorageSettings.Embedded(), directory, Ticker.system());
    }

    @Override
    Provider provider() {
        return node.provider();
    }

    @Test
    void a_restart_keeps_everything() {
        assertThat(node.proxy().send("PUT", "/made").status()).isEqualTo(200);
        assertThat(node.proxy().send("PUT", "/made/k", Map.of(), "v").status()).isEqualTo(200);

        node.close();
        node = open();

        assertThat(node.proxy().send("GET", "/made/k").body()).isEqualTo("v");
        assertThat(provider().find(new BucketName("alpha"))).isPresent();
        assertThat(provider().find(new AccessKeyId("APP")).map(AccessKey::secret))
                .contains(Secret.of("0123456789abcdef"));
        assertThat(provider().find(new RoleId("reader"))).isPresent();
    }

    @Test
    void a_bucket_that_is_made_again_has_nothing_of_the_one_before_it_and_leaves_nothing() throws IOException {
        for (var round = 0; round < 2; round++) {
            assertThat(node.proxy().send("PUT", "/again").status()).isEqualTo(200);
            assertThat(node.proxy().send("GET", "/again?list-type=2").element("KeyCount"))
                    .isEqualTo("0");
            node.proxy().send("PUT", "/again/k", Map.of(), "v");
            node.proxy().send("DELETE", "/again/k");
            assertThat(node.proxy().send("DELETE", "/again").status()).isEqualTo(204);
        }

        try (var left = Files.list(directory.resolve("buckets"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void no_secret_lies_readable_in_the_data_directory() throws IOException {
        node.close();

        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("0123456789abcdef", "secret_access_key");
            }
        }
        node = open();
    }

    @Test
    void a_name_in_the_configuration_and_in_the_database_stops_the_start() {
        node.close();
        var yaml = """
            triport: {objects: {provider: {type: sql, keys: ["${env:SEAL}"]}}}
            buckets: [{name: alpha, backend_type: memory, anonymous_access: read}]
            """;

        assertThatThrownBy(() -> ProxyUnderTest.over(new StorageSettings.Embedded(), directory, Ticker.system(), yaml))
                .hasStackTraceContaining("alpha")
                .hasStackTraceContaining("a name that the database does not have");
        node = open();
    }
}
