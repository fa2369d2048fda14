package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.identity.config.ConfigError;
import io.triport.identity.sts.StsSettings;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketListing;
import io.triport.objects.bucket.Quota;
import io.triport.objects.serve.S3App;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the configuration where nothing stands in the file (object proxy page, section 2), and what it becomes where something does. */
final class ProviderSettingsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", ProxyUnderTest.SECRET, "RING", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final String REST = """
        session_token_keys: ["${env:RING}"]
        credentials:
          - {access_key_id: KEY, secret_access_key: "${env:SECRET}"}
        roles:
          - {role_id: taker, trusted_principals: [KEY]}
        """;

    private static ObjectProxyConfig config(String bucket) {
        return ProxyUnderTest.read("buckets: [" + bucket + "]\n" + REST, ENVIRONMENT);
    }

    private static Bucket bucket(String bucket) {
        return config(bucket).providers().find(new BucketName("b-1")).orElseThrow();
    }

    @Test
    void a_bucket_has_what_is_usual() {
        var bucket = bucket("{name: b-1, backend_type: fs}");

        assertThat(bucket.binding().backend()).isEqualTo(new Backend.FileSystem("objects/b-1", Backend.Flush.COMMIT));
        assertThat(bucket.binding().prefix()).isEqualTo(Bytes.EMPTY);
        assertThat(bucket.binding().versioning()).isEqualTo(Versioning.OFF);
        assertThat(bucket.anonymous()).isEqualTo(AnonymousAccess.NONE);
        assertThat(bucket.roles()).isEmpty();
        assertThat(bucket.cors()).isEmpty();
        assertThat(bucket.quota()).isNull();
        assertThat(bucket.listing()).isEqualTo(BucketListing.PLAIN);
        assertThat(bucket.mostBytes().bytes()).isEqualTo(5L << 40);
        assertThat(bucket.writes()).isEqualTo(Bucket.Writes.ALLOWED);
        assertThat(bucket.about()).isEqualTo(Bucket.About.NOTHING);
    }

    @Test
    void an_endpoint_of_a_bucket_has_what_is_usual() {
        var there = (Backend.S3)
                bucket("{name: b-1, backend_type: s3, backend_options: {endpoint: \"https://s3.example\"}}")
                        .binding()
                        .backend();

        assertThat(there.endpoint()).isEqualTo(URI.create("https://s3.example"));
        assertThat(there.region()).isEqualTo("us-east-1");
        assertThat(there.bucket()).isEqualTo("b-1");
        assertThat(there.addressing()).isEqualTo(Backend.Addressing.PATH);
        assertThat(there.signer()).isEqualTo(new Backend.Signer.Nobody());
    }

    @Test
    void an_endpoint_of_a_bucket_has_what_it_is_given() {
        var there = (Backend.S3) bucket("""
            {name: b-1, backend_type: s3, backend_options: {endpoint: "http://127.0.0.1:9000", region: eu-central-1,
            bucket_name: theirs, access_key_id: ID, secret_access_key: "${env:SECRET}", session_token: "${env:RING}",
            path_style: false}}\
            """).binding().backend();

        assertThat(there.region()).isEqualTo("eu-central-1");
        assertThat(there.bucket()).isEqualTo("theirs");
        assertThat(there.addressing()).isEqualTo(Backend.Addressing.VIRTUAL_HOST);
        assertThat(there.signer()).isInstanceOfSatisfying(Backend.Signer.Key.class, key -> {
            assertThat(key.id()).isEqualTo("ID");
            assertThat(key.secret().size()).isEqualTo(ProxyUnderTest.SECRET.length());
            assertThat(key.sessionToken().size()).isEqualTo(44);
        });
    }

    private static String indexed(String name, String rest, String options) {
        return "{name: " + name + ", backend_type: s3, " + rest
                + "backend_options: {endpoint: \"https://s3.example\", bucket_name: raw, " + options + "}}";
    }

    @Test
    void a_bucket_behind_an_endpoint_may_have_its_index_in_the_database() {
        var config = config(indexed("b-1", "backend_prefix: runs, ", "index: postgresql"));
        var binding =
                config.providers().find(new BucketName("b-1")).orElseThrow().binding();

        assertThat(binding.prefix()).isEqualTo(Bytes.EMPTY);
        assertThat(binding.backend()).isInstanceOfSatisfying(Backend.Indexed.class, there -> {
            assertThat(there.bytes().bucket()).isEqualTo("raw");
            assertThat(there.prefix()).isEqualTo(Bytes.utf8("runs/"));
            assertThat(there.index()).isEqualTo(new Backend.IndexName("b-1"));
        });
        assertThat(config.wantsSharedData()).contains("index: postgresql of bucket b-1");
        assertThat(config.explained())
                .anyMatch(
                        line -> line.contains("index b-1 in the database, bytes in bucket raw at https://s3.example"));
    }

    @Test
    void without_an_index_no_database_is_wanted() {
        var config = config(indexed("b-1", "", "index: none"));

        assertThat(config.wantsSharedData()).isEmpty();
        assertThat(config.providers()
                        .find(new BucketName("b-1"))
                        .orElseThrow()
                        .binding()
                        .backend())
                .isInstanceOf(Backend.S3.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index: sqlite|index: sqlite (expected: none or postgresql)",
                "index_name: other|index_name: other (expected: only beside index: postgresql)",
                "'index: postgresql, index_name: \"no name\"'|index_name: no name (expected: 1..64",
            })
    void an_index_that_cannot_be_stops_the_start(String options, String line) {
        assertThatThrownBy(() -> config(indexed("b-1", "", options)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(line);
    }

    @Test
    void the_prefix_of_bytes_leaves_room_for_their_names() {
        assertThatThrownBy(
                        () -> config(indexed("b-1", "backend_prefix: " + "p".repeat(512) + ", ", "index: postgresql")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("a backend_prefix of at most 512 bytes");
    }

    @Test
    void buckets_on_one_index_have_their_bytes_in_one_place() {
        var one = indexed("b-1", "", "index: postgresql, index_name: shelf");

        assertThat(config(one + ", " + indexed("b-2", "", "index: postgresql, index_name: shelf"))
                        .providers()
                        .find(new BucketName("b-2")))
                .isPresent();
        assertThatThrownBy(() -> config(
                        one + ", " + indexed("b-2", "backend_prefix: p, ", "index: postgresql, index_name: shelf")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("index_name: shelf (expected: the same endpoint, bucket_name and backend_prefix");
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "read, READ", "list, LIST", "read_list, READ_LIST", "false, NONE", "true, READ_LIST"})
    void what_everybody_may_do_is_said_in_either_form(String word, AnonymousAccess access) {
        assertThat(bucket("{name: b-1, backend_type: memory, anonymous_access: " + word + "}")
                        .anonymous())
                .isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({"a, a/", "a/, a/", "a/b, a/b/"})
    void a_prefix_ends_in_a_slash(String written, String prefix) {
        assertThat(bucket("{name: b-1, backend_type: memory, backend_prefix: " + written + "}")
                        .binding()
                        .prefix())
                .isEqualTo(Bytes.utf8(prefix));
    }

    @Test
    void a_prefix_that_leaves_no_room_for_a_key_stops_the_start() {
        var longest = "p".repeat(1_022);
        assertThat(bucket("{name: b-1, backend_type: memory, backend_prefix: " + longest + "}")
                        .binding()
                        .prefix()
                        .size())
                .isEqualTo(1_023);

        assertThatThrownBy(() -> bucket("{name: b-1, backend_type: memory, backend_prefix: " + longest + "p}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("backend_prefix: 1024 bytes (expected: fewer than the 1024 of a key)");
    }

    @Test
    void a_bucket_has_what_it_is_given() {
        var bucket = bucket("""
            {name: b-1, backend_type: fs, backend_options: {root: here, fsync: never}, versioning: suspended,
            allowed_roles: [taker], read_only: true, max_object_bytes: 7, filter_listings: true,
            list_rewrite: {strip_prefix: a/, add_prefix: b/}, quota: {limit_bytes: 9, window_secs: 60},
            cors: [{allowed_origins: ["*"], allowed_methods: [GET], allowed_headers: ["*"], expose_headers: [ETag],
            max_age_seconds: 5, allow_credentials: true}]}\
            """);

        assertThat(bucket.binding().backend()).isEqualTo(new Backend.FileSystem("here", Backend.Flush.NEVER));
        assertThat(bucket.binding().versioning()).isEqualTo(Versioning.SUSPENDED);
        assertThat(bucket.roles()).extracting(Object::toString).containsExactly("taker");
        assertThat(bucket.writes()).isEqualTo(Bucket.Writes.REFUSED);
        assertThat(bucket.mostBytes().bytes()).isEqualTo(7);
        assertThat(bucket.listing()).isEqualTo(new BucketListing("a/", "b/", BucketListing.Extent.PERMITTED));
        assertThat(bucket.cors()).singleElement().satisfies(rule -> {
            assertThat(rule.exposed()).containsExactly("ETag");
            assertThat(rule.maxAgeSeconds()).isEqualTo(5);
        });
        var quota = bucket.quota();
        assertThat(quota).isNotNull();
        if (quota != null) {
            assertThat(quota.scope()).isEqualTo(Quota.Scope.IDENTITY);
            assertThat(quota.direction()).isEqualTo(Quota.Direction.BOTH);
            assertThat(quota.window()).isEqualTo(Duration.ofSeconds(60));
        }
    }

    @Test
    void a_credential_has_what_is_usual() {
        var providers = config("{name: b-1, backend_type: memory}").providers();
        AccessKey key = providers.find(new AccessKeyId("KEY")).orElseThrow();

        assertThat(key.holder().text()).isEqualTo("KEY");
        assertThat(key.enabled()).isTrue();
        assertThat(key.admin()).isFalse();
        assertThat(key.expiresAt()).isEqualTo(Instant.MAX);
        assertThat(key.mayAssume()).isEmpty();
        assertThat(key.permissions()).isEqualTo(Permissions.NONE);
    }

    @Test
    void a_role_has_what_is_usual() {
        var providers = config("{name: b-1, backend_type: memory}").providers();
        AssumableRole role = providers.find(new RoleId("taker")).orElseThrow();

        assertThat(role.name()).isEqualTo("taker");
        assertThat(role.shortest()).isEqualTo(Duration.ofSeconds(900));
        assertThat(role.longest()).isEqualTo(Duration.ofSeconds(3_600));
        assertThat(role.algorithms()).isEqualTo(Set.of("RS256", "ES256"));
        assertThat(role.conditions()).isEmpty();
        assertThat(role.scopes()).isEmpty();
        assertThat(role.revokedBefore()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void limits_are_those_that_are_usual_or_given() {
        var usual = config("{name: b-1, backend_type: memory}").limits();
        assertThat(usual.anonymous()).isEqualTo(limit(200, LimitScope.LOCAL));
        assertThat(usual.sts()).isEqualTo(limit(20, LimitScope.LOCAL));
        assertThat(usual.authenticated()).isNull();

        var given = ProxyUnderTest.read(
                        "rate_limits: {anonymous: off, authenticated: {limit: 1000, window: 10s, scope: shared},"
                                + " sts: {limit: 5}}\nbuckets: [{name: b-1, backend_type: memory}]\n" + REST,
                        ENVIRONMENT)
                .limits();
        assertThat(given.anonymous()).isNull();
        assertThat(given.authenticated()).isEqualTo(limit(1_000, LimitScope.SHARED));
        assertThat(given.sts()).isEqualTo(limit(5, LimitScope.LOCAL));
    }

    private static RateLimit limit(long most, LimitScope scope) {
        return new RateLimit(most, Duration.ofSeconds(10), most, scope);
    }

    @Test
    void the_endpoint_has_what_is_usual() {
        var endpoint = config("{name: b-1, backend_type: memory}").endpoint();

        assertThat(endpoint.region()).isEqualTo("us-east-1");
        assertThat(endpoint.domains()).isEmpty();
        assertThat(endpoint.timing()).isEqualTo(S3App.Site.Timing.SHOWN);
        assertThat(endpoint.uploadAge()).isEqualTo(Duration.ofDays(7));
        assertThat(endpoint.rules().skew()).isEqualTo(Duration.ofMinutes(15));
        assertThat(endpoint.rules().sts()).isEqualTo(new StsSettings(StsSettings.DurationRule.REFUSED));
    }

    @Test
    void the_endpoint_has_what_it_is_given() {
        var endpoint = ProxyUnderTest.read("""
            triport:
              objects:
                region: eu-central-1
                virtual-host-domains: [S3.example.com]
                server-timing: false
                clock-skew: 5m
                upload-age: 1d
                compat: {clamp-durations: true}
            buckets: [{name: b-1, backend_type: memory}]
            """ + REST, ENVIRONMENT).endpoint();

        assertThat(endpoint.region()).isEqualTo("eu-central-1");
        assertThat(endpoint.domains()).containsExactly("s3.example.com");
        assertThat(endpoint.timing()).isEqualTo(S3App.Site.Timing.LEFT_OUT);
        assertThat(endpoint.uploadAge()).isEqualTo(Duration.ofDays(1));
        assertThat(endpoint.rules().skew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(endpoint.rules().sts()).isEqualTo(new StsSettings(StsSettings.DurationRule.CLAMPED));
    }
}
