package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectProxyConfigTest {
    private static final String JSON = """
        {"buckets": [{"name": "open-data", "backend_type": "s3", "anonymous_access": true, "allowed_roles": [],
          "backend_options": {"endpoint": "https://s3.us-west-2.amazonaws.com", "bucket_name": "data.example",
            "region": "us-west-2", "skip_signature": "true"}}],
         "roles": [], "credentials": []}
        """;

    @Test
    void a_published_configuration_is_taken_as_it_is() {
        var config = ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON));

        assertThat(config.explained())
                .containsExactly(
                        "bucket open-data: bucket data.example at https://s3.us-west-2.amazonaws.com, anonymous"
                                + " read_list");
    }

    @Test
    void a_published_configuration_may_be_a_file_of_toml_with_secrets_in_it(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("proxy.toml"), """
            [[buckets]]
            name = "data"
            backend_type = "memory"

            [[credentials]]
            access_key_id = "AKIA1"
            secret_access_key = "0123456789abcdef"
            principal_name = "one"

            [[credentials.allowed_scopes]]
            bucket = "data"
            prefixes = []
            actions = ["get_object", "list_bucket"]
            """);

        var config = ProxyUnderTest.read("", Map.of("PROXY_CONFIG", file.toString()));

        assertThat(config.explained()).contains("credential AKIA1 of one: 1 scopes");
    }

    @Test
    void an_error_in_toml_names_file_line_and_key(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("proxy.toml"), """
            [[buckets]]
            name = "data"
            backend_type = "tape"
            """);

        assertThatThrownBy(() -> ProxyUnderTest.read("", Map.of("PROXY_CONFIG", file.toString())))
                .isInstanceOf(ConfigError.class)
                .hasMessageContainingAll("proxy.toml line 3", "backend_type", "tape", "fs, memory or s3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "buckets: [{name: UP, backend_type: memory}]|buckets[0].name",
                "buckets: [{name: data}]|buckets[0].backend_type",
                "buckets: [{name: data, backend_type: s3}]|endpoint",
                "buckets: [{name: data, backend_type: memory, quota: {limit_bytes: 1}}]|quota",
                "buckets: [{name: data, backend_type: memory, list_rewrite: strip_prefix}]|list_rewrite",
                "buckets: [{name: a-1, backend_type: fs, backend_options: {root: r}}, {name: a-2, backend_type: fs,"
                        + " backend_options: {root: r, fsync: never}}]|fsync",
                "triport: {objects: {upload-age: 5m}}|upload-age",
                "buckets: [{name: data, backend_type: memory, allowed_roles: [r]}]|allowed_roles",
                "buckets: [{name: data, backend_type: memory}, {name: data, backend_type: memory}]|each bucket once",
                "buckets: [{name: data, backend_type: memory, anonymous_access: true, colour: red}]|unknown setting",
                "buckets: [{name: data, backend_type: memory}]|no identity configured",
                "roles: [{role_id: r}]|roles",
                "credentials: [{access_key_id: A, secret_access_key: written-out-in-a-file}]|secret_access_key",
                "credentials: [{access_key_id: A, secret_access_key: '${env:SHORT}'}]|secret_access_key"
            })
    void what_cannot_be_used_stops_the_start(String yaml, String told) {
        assertThatThrownBy(() -> ProxyUnderTest.read(yaml, Map.of("SHORT", "short")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OIDC_PROVIDER_KEY", "OIDC_PROVIDER_ISSUER", "BANDWIDTH_QUOTAS"})
    void what_is_not_built_yet_is_refused_and_not_ignored(String variable) {
        assertThatThrownBy(() -> ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON, variable, "x")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(variable);
    }

    @Test
    void a_newer_reading_takes_effect_while_requests_run() {
        var config = ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON));

        config.adopt(ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON.replace("open-data", "new-data"))));

        assertThat(config.providers().all())
                .extracting(bucket -> bucket.name().text())
                .containsExactly("new-data");
    }
}
