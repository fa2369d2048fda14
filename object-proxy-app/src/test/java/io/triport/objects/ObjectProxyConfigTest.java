package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.ConfigError;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectProxyConfigTest {
    private static final String RING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
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
    void a_quota_is_explained_with_its_bucket() {
        var config = ProxyUnderTest.read("""
            buckets:
              - name: each
                backend_type: memory
                anonymous_access: read
                quota: {limit_bytes: 1000, window_secs: 60, direction: egress}
              - name: shared
                backend_type: memory
                quota: {limit_bytes: 5, window_secs: 3600, scope: bucket}
            """, Map.of());

        assertThat(config.explained())
                .contains(
                        "bucket each: memory, volatile, anonymous read, quota 1000 bytes in 60 s (egress, identity)",
                        "bucket shared: memory, volatile, anonymous none, quota 5 bytes in 3600 s (both, bucket)");
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
                "buckets: [{name: data, backend_type: memory, quota: {limit_bytes: 1}}]|window_secs",
                "buckets: [{name: data, backend_type: memory, quota: {limit_bytes: 0, window_secs: 1}}]|limit_bytes",
                "buckets: [{name: data, backend_type: memory, quota: {limit_bytes: 1, window_secs: 1, scope:"
                        + " all}}]|scope",
                "buckets: [{name: data, backend_type: memory, list_rewrite: strip_prefix}]|list_rewrite",
                "buckets: [{name: a-1, backend_type: fs, backend_options: {root: r}}, {name: a-2, backend_type: fs,"
                        + " backend_options: {root: r, fsync: never}}]|fsync",
                "triport: {objects: {upload-age: 5m}}|upload-age",
                "buckets: [{name: data, backend_type: memory, allowed_roles: [r]}]|allowed_roles",
                "buckets: [{name: data, backend_type: memory}, {name: data, backend_type: memory}]|each bucket once",
                "buckets: [{name: data, backend_type: memory, anonymous_access: true, colour: red}]|unknown setting",
                "buckets: [{name: data, backend_type: memory}]|no identity configured",
                "roles: [{role_id: r}]|roles",
                "{triport: {objects: {provider: {type: sql}}}, buckets: [{name: data, backend_type: memory,"
                        + " anonymous_access: true}]}|triport.objects.provider.keys",
                "{triport: {objects: {provider: {type: tape}}}, buckets: [{name: data, backend_type: memory,"
                        + " anonymous_access: true}]}|file or sql",
                "{triport: {objects: {admin: {keys: [A]}}}, buckets: [{name: data, backend_type: memory,"
                        + " anonymous_access: true}]}|access keys of this configuration with admin: true",
                "credentials: [{access_key_id: A, secret_access_key: written-out-in-a-file}]|secret_access_key",
                "credentials: [{access_key_id: A, secret_access_key: '${env:SHORT}'}]|secret_access_key"
            })
    void what_cannot_be_used_stops_the_start(String yaml, String told) {
        assertThatThrownBy(() -> ProxyUnderTest.read(yaml, Map.of("SHORT", "short")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|trusted_oidc_issuers",
                "{trusted_oidc_issuers: [x]}|issuer",
                "{trusted_oidc_issuers: ['http://127.0.0.1:1']}|issuer",
                "{trusted_oidc_issuers: [{issuer: 'http://idp.example', insecure: true}]}|issuer",
                "{trusted_oidc_issuers: ['https://idp.example'], subject_conditions: [a]}|required_audiences",
                "{trusted_oidc_issuers: ['https://idp.example'], required_audiences: a}|subject_conditions",
                "{trusted_oidc_issuers: ['https://idp.example'], required_audiences: a, subject_conditions: '*'}|more"
                        + " than *",
                "{trusted_principals: [a], min_session_duration_secs: 59}|min_session_duration_secs",
                "{trusted_principals: [a], max_session_duration_secs: 43201}|max_session_duration_secs",
                "{trusted_principals: [a], max_session_duration_secs: 899}|max_session_duration_secs",
                "{trusted_principals: [a], allowed_algorithms: [none]}|allowed_algorithms",
                "{trusted_principals: [a], allowed_algorithms: [HS256]}|allowed_algorithms",
                "{trusted_principals: [a], revoke_sessions_before: soon}|revoke_sessions_before",
                "{trusted_principals: [a], claim_conditions: {team: []}}|claim_conditions.team",
                "{trusted_principals: [a], allowed_scopes: [{bucket: 'a{b', actions: [read]}]}|bucket",
                "{trusted_principals: [a], allowed_scopes: [{bucket: a, actions: [sing]}]}|actions",
                "{trusted_principals: [a], colour: red}|unknown setting"
            })
    void a_role_that_cannot_be_used_stops_the_start(String role, String told) {
        var yaml = "buckets: [{name: data, backend_type: memory, anonymous_access: true}]\nroles:\n  - "
                + (role.equals("{}") ? "{role_id: r}" : "{role_id: r, " + role.substring(1));

        assertThatThrownBy(() -> ProxyUnderTest.read(yaml, Map.of("SESSION_TOKEN_KEY", RING)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("test.yml line 3")
                .hasMessageContaining(told);
    }

    @Test
    void roles_without_a_key_for_sessions_stop_the_start() {
        var yaml = "buckets: [{name: data, backend_type: memory}]\nroles: [{role_id: r, trusted_principals: [a]}]";

        assertThatThrownBy(() -> ProxyUnderTest.read(yaml, Map.of()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("SESSION_TOKEN_KEY or session_token_keys");
        assertThat(ProxyUnderTest.read(yaml, Map.of("SESSION_TOKEN_KEY", RING)).explained())
                .anyMatch(line -> line.startsWith("role r: credentials of a; sessions of 900s to 3600s"));
    }

    @Test
    void a_published_role_is_taken_as_it_is_and_warned_of() {
        var json = """
            {"buckets": [{"name": "data", "backend_type": "memory", "allowed_roles": ["ci"]}],
             "roles": [{"role_id": "ci", "name": "CI", "trusted_oidc_issuers": ["https://idp.example"],
               "subject_conditions": ["*"], "max_session_duration_secs": 600,
               "allowed_scopes": [{"bucket": "data", "prefixes": ["{sub}/"], "actions": ["get_object", "put_object"]}]}]}
            """;

        var config = ProxyUnderTest.read("", Map.of("PROXY_CONFIG", json, "SESSION_TOKEN_KEY", RING));

        assertThat(config.warnings())
                .anyMatch(warning -> warning.contains("role ci has no required_audiences"))
                .anyMatch(warning -> warning.contains("role ci has no narrow subject_conditions"));
        assertThat(config.explained())
                .contains("role ci: tokens of https://idp.example for anybody of subjects *; sessions of 600s to 600s;"
                        + " bucket data under {sub}/: get_object, put_object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION_TOKEN_KEY|too-short|SESSION_TOKEN_KEY",
                "OIDC_PROVIDER_KEY|x|OIDC_PROVIDER_ISSUER",
                "OIDC_PROVIDER_ISSUER|https://a.example|OIDC_PROVIDER_KEY"
            })
    void a_variable_that_cannot_be_used_stops_the_start_and_is_not_shown(String name, String value, String told) {
        assertThatThrownBy(() -> ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON, name, value)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("too-short");
    }

    @Test
    void a_key_of_the_provider_that_cannot_be_read_is_named() {
        var right = PrivateKeyPem.generate(SigningAlgorithm.ES256);
        var wrong = PrivateKeyPem.generate(SigningAlgorithm.EDDSA);

        assertThatThrownBy(() -> ProxyUnderTest.read(
                        "",
                        Map.of(
                                "PROXY_CONFIG",
                                JSON,
                                "OIDC_PROVIDER_ISSUER",
                                "https://s3.example.com",
                                "OIDC_PROVIDER_KEY",
                                right + wrong)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("key 2 (not shown)");
        assertThat(ProxyUnderTest.read(
                                "",
                                Map.of(
                                        "PROXY_CONFIG",
                                        JSON,
                                        "OIDC_PROVIDER_ISSUER",
                                        "https://s3.example.com",
                                        "OIDC_PROVIDER_KEY",
                                        right))
                        .outward()
                        .oidc())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{auth_type: oidc, oidc_role_arn: 'arn:aws:iam::000000000000:role/a'}|OIDC_PROVIDER_KEY",
                "{oidc_subject: a}|only beside auth_type: oidc",
                "{auth_type: other}|static or oidc"
            })
    void a_backend_that_nobody_can_sign_for_stops_the_start(String options, String told) {
        var yaml = "buckets: [{name: data, backend_type: s3, anonymous_access: true, backend_options: {endpoint:"
                + " 'https://s3.example', " + options.substring(1) + "}]";

        assertThatThrownBy(() -> ProxyUnderTest.read(yaml, Map.of()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @Test
    void published_quotas_hold_for_the_buckets_that_they_name() {
        var quotas = "{\"open-data\": {\"limit_bytes\": 2147483648, \"window_secs\": 300}}";

        var config = ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON, "BANDWIDTH_QUOTAS", quotas));

        assertThat(config.providers().all())
                .extracting(Bucket::quota)
                .containsExactly(new Quota(
                        ByteSize.ofMiB(2048), Duration.ofMinutes(5), Quota.Scope.IDENTITY, Quota.Direction.BOTH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"other\": {\"limit_bytes\": 1, \"window_secs\": 1}}|other",
                "{\"open-data\": {\"limit_bytes\": 0, \"window_secs\": 1}}|limit_bytes",
                "{\"open-data\": {\"limit_bytes\": 1}}|window_secs",
                "{\"open-data\": {\"limit_bytes\": 1, \"window_secs\": 1, \"burst\": 1}}|burst"
            })
    void quotas_that_mean_nothing_stop_the_start(String quotas, String told) {
        assertThatThrownBy(() -> ProxyUnderTest.read("", Map.of("PROXY_CONFIG", JSON, "BANDWIDTH_QUOTAS", quotas)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("BANDWIDTH_QUOTAS")
                .hasMessageContaining(told);
    }

    @Test
    void a_bucket_with_a_quota_of_its_own_gets_no_other() {
        var json = JSON.replace("\"allowed_roles\": []", "\"quota\": {\"limit_bytes\": 1, \"window_secs\": 1}");
        var quotas = "{\"open-data\": {\"limit_bytes\": 2, \"window_secs\": 1}}";

        assertThatThrownBy(() -> ProxyUnderTest.read("", Map.of("PROXY_CONFIG", json, "BANDWIDTH_QUOTAS", quotas)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("has a quota");
    }

    @Test
    void older_published_words_count_in_the_published_form_only(@TempDir Path folder) throws IOException {
        var toml = """
            [[buckets]]
            name = "data"
            backend_type = "s3"
            [buckets.backend_options]
            region = "eu-west-3"
            skip_signature = "true"
            [[roles]]
            role_id = "jobs"
            trusted_oidc_issuers = ["https://issuer.example"]
            required_audience = "s3.example"
            subject_conditions = ["jobs:*"]
            """;
        var file = Files.writeString(folder.resolve("proxy.toml"), toml);
        var variables = Map.of("PROXY_CONFIG", file.toString(), "SESSION_TOKEN_KEY", RING);

        assertThat(ProxyUnderTest.read("", variables).explained())
                .anyMatch(line -> line.contains("at https://s3.eu-west-3.amazonaws.com"))
                .anyMatch(line -> line.contains("for s3.example of subjects jobs:*"));
        Files.writeString(file, toml + "required_audiences = [\"other\"]\n");
        assertThatThrownBy(() -> ProxyUnderTest.read("", variables)).hasMessageContaining("one of the two");
        assertThatThrownBy(() -> ProxyUnderTest.read("""
            buckets: [{name: data, backend_type: s3, backend_options: {skip_signature: true}}]
            """, Map.of())).hasMessageContaining("endpoint");
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
