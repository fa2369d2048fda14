package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.ActionNames;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.identity.sigv4.SessionTokens.Opened;
import io.triport.identity.sigv4.Signatory;
import io.triport.identity.sts.SealedSessions;
import io.triport.identity.sts.SessionKeys;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary credentials by Cloudflare's API, opened as an object proxy opens them. */
final class CloudflareTemporaryCredentialsTest {
    private static final String ACCOUNT = "/client/v4/accounts/0123456789abcdef0123456789abcdef";
    private static final String ALL = ACCOUNT + "/r2/temp-access-credentials";
    private static final String YAML = """
        triport:
          manager:
            api-key-pepper: ["${env:PEPPER}"]
            object-proxy: {session-token-key: "${env:SESSION_TOKEN_KEY}", parents: [PARENT, "ci-*"]}
        """;

    private static final SettableClock CLOCK = SettableClock.anywhere();
    private static ManagerUnderTest manager;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.start(YAML, CLOCK);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void credentials_are_for_what_was_asked_within_the_key_of_the_object_proxy() {
        var made = ask("\"permission\":\"object-read-write\",\"ttlSeconds\":3600,\"prefixes\":[\"logs/\",\"raw\"]");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().path("success").asBoolean()).isTrue();
        assertThat(made.result().fieldNames())
                .toIterable()
                .containsExactly("accessKeyId", "secretAccessKey", "sessionToken");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        var opened = opened(made);
        assertThat(opened.subject()).isEqualTo(new Subject("holder"));
        assertThat(opened.secret())
                .isEqualTo(Secret.of(made.result().path("secretAccessKey").asText()));
        assertThat(opened.expiresAt()).isEqualTo(CLOCK.in(Duration.ofHours(1)));
        assertThat(permits(opened, Action.OBJECT_PUT, "data", "logs/1")).isTrue();
        assertThat(permits(opened, Action.OBJECT_LIST, "data", "logs/")).isTrue();
        assertThat(permits(opened, Action.UPLOAD_START, "data", "raw/1")).isTrue();
        assertThat(permits(opened, Action.OBJECT_PUT, "data", "raw-1")).isFalse();
        assertThat(permits(opened, Action.OBJECT_PUT, "data", "other")).isFalse();
        assertThat(permits(opened, Action.OBJECT_LIST, "data", "")).isFalse();
        assertThat(permits(opened, Action.OBJECT_GET, "more", "logs/1")).isFalse();
    }

    @Test
    void a_single_object_is_opened_alone_and_not_listed() {
        var opened = opened(ask("\"permission\":\"admin-read-write\",\"objects\":[\"a/b\"]"));

        assertThat(permits(opened, Action.OBJECT_GET, "data", "a/b")).isTrue();
        assertThat(permits(opened, Action.OBJECT_PUT, "data", "a/b")).isTrue();
        assertThat(permits(opened, Action.OBJECT_GET, "data", "a/b/c")).isFalse();
        assertThat(permits(opened, Action.OBJECT_LIST, "data", "a/b")).isFalse();
        assertThat(permits(opened, Action.BUCKET_GET_CONFIG, "data", "")).isFalse();
    }

    @Test
    void objects_and_prefixes_are_both_opened() {
        var opened = opened(ask("\"permission\":\"object-read-only\",\"objects\":[\"a\"],\"prefixes\":[\"b/\"]"));

        assertThat(permits(opened, Action.OBJECT_GET, "data", "a")).isTrue();
        assertThat(permits(opened, Action.OBJECT_GET, "data", "b/1")).isTrue();
        assertThat(permits(opened, Action.OBJECT_GET, "data", "a/1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "admin-read-write,  true,  true,  true,  true",
        "admin-read-only,   true,  false, true,  false",
        "object-read-write, true,  true,  false, false",
        "object-read-only,  true,  false, false, false"
    })
    void a_permission_is_to_objects_and_for_admins_to_the_settings_of_the_bucket(
            String permission, boolean read, boolean write, boolean readSettings, boolean writeSettings) {
        var opened = opened(ask("\"permission\":\"" + permission + "\""));

        assertThat(permits(opened, Action.OBJECT_GET, "data", "k")).isEqualTo(read);
        assertThat(permits(opened, Action.OBJECT_LIST, "data", "")).isEqualTo(read);
        assertThat(permits(opened, Action.OBJECT_PUT, "data", "k")).isEqualTo(write);
        assertThat(permits(opened, Action.OBJECT_DELETE, "data", "k")).isEqualTo(write);
        assertThat(permits(opened, Action.BUCKET_GET_CONFIG, "data", "")).isEqualTo(readSettings);
        assertThat(permits(opened, Action.BUCKET_PUT_CONFIG, "data", "")).isEqualTo(writeSettings);
        assertThat(permits(opened, Action.BUCKET_DELETE, "data", "")).isFalse();
        assertThat(permits(opened, Action.BUCKET_CREATE, "data", "")).isFalse();
    }

    @Test
    void credentials_last_a_quarter_of_an_hour_when_nothing_is_said_and_seven_days_at_most() {
        var usual = opened(ask("\"permission\":\"object-read-only\""));
        var longest = opened(ask("\"permission\":\"object-read-only\",\"ttlSeconds\":604800"));

        assertThat(usual.expiresAt()).isEqualTo(CLOCK.in(Duration.ofMinutes(15)));
        assertThat(longest.expiresAt()).isEqualTo(CLOCK.in(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"permission\":\"everything\"",
                "\"permission\":\"OBJECT_READ_ONLY\"",
                "\"permission\":7",
                "\"permission\":\"object-read-only\",\"ttlSeconds\":0",
                "\"permission\":\"object-read-only\",\"ttlSeconds\":604801",
                "\"permission\":\"object-read-only\",\"ttlSeconds\":1.5",
                "\"permission\":\"object-read-only\",\"ttlSeconds\":\"900\"",
                "\"permission\":\"object-read-only\",\"prefixes\":\"logs/\"",
                "\"permission\":\"object-read-only\",\"prefixes\":[]",
                "\"permission\":\"object-read-only\",\"prefixes\":[\"\"]",
                "\"permission\":\"object-read-only\",\"prefixes\":[7]",
                "\"permission\":\"object-read-only\",\"objects\":[]",
                "\"permission\":\"object-read-only\",\"objects\":{}",
                "\"permission\":\"object-read-only\",\"prefix\":[\"logs/\"]",
                "\"permission\":\"object-read-only\",\"bucket\":\"Not A Bucket\"",
                "\"permission\":\"object-read-only\",\"parentAccessKeyId\":\"a/b\""
            })
    void what_cannot_be_asked_for_is_400(String asked) {
        refused(ask(asked), 400, 10012);
    }

    @Test
    void more_than_a_token_has_room_for_is_400() {
        refused(ask("\"permission\":\"object-read-only\",\"prefixes\":" + many(101, 1)), 400, 10012);
        refused(ask("\"permission\":\"object-read-only\",\"prefixes\":" + many(100, 60)), 400, 10012);
        refused(ask("\"permission\":\"object-read-only\",\"objects\":" + many(1, 1_100)), 400, 10012);
        assertThat(ask("\"permission\":\"object-read-only\",\"prefixes\":" + many(100, 6))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_body_that_is_no_object_of_json_and_another_jurisdiction_are_400() {
        refused(manager.send("POST", ALL, "[]"), 400, 10012);
        refused(manager.send("POST", ALL, "{"), 400, 10012);
        refused(
                manager.send(
                        "POST",
                        ALL,
                        Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "cf-r2-jurisdiction", "eu"),
                        Bytes.utf8(body("\"permission\":\"object-read-only\""))),
                400,
                10012);
    }

    @Test
    void only_the_keys_that_the_configuration_names_are_lent() {
        var asked = "\"permission\":\"object-read-only\"";

        refused(ask(asked + ",\"parentAccessKeyId\":\"ROOT\""), 403, 10000);
        assertThat(ask(asked + ",\"parentAccessKeyId\":\"ci-7\"").status()).isEqualTo(200);
        refused(manager.send("POST", ALL.replace("/accounts/0", "/accounts/f"), body(asked)), 403, 10000);
    }

    @Test
    void only_admins_of_everything_get_credentials() {
        assertThat(as("auditor\"")).isEqualTo(403);
        assertThat(as("viewer\"")).isEqualTo(403);
        assertThat(as("editor\"")).isEqualTo(403);
        assertThat(as("admin\",\"namespaces\":\"some*\"")).isEqualTo(403);
        assertThat(as("admin\"")).isEqualTo(200);
    }

    @Test
    void the_audit_tells_who_was_given_what_and_neither_secret_nor_token() {
        var made = ask("\"permission\":\"object-read-only\",\"prefixes\":[\"told/\"]")
                .result();

        var audit = manager.send("GET", "/api/audit/all?operation=create_temp_credentials&limit=1000")
                .text();

        assertThat(audit)
                .contains(made.path("accessKeyId").asText(), "PARENT", "data", "object-read-only")
                .doesNotContain(made.path("secretAccessKey").asText())
                .doesNotContain(made.path("sessionToken").asText());
    }

    @Test
    void a_manager_without_a_key_of_an_object_proxy_gives_out_none() {
        try (var without = ManagerUnderTest.start("triport: {}", CLOCK)) {
            var answer = without.send("POST", ALL, body("\"permission\":\"object-read-only\""));

            refused(answer, 501, 10012);
            assertThat(answer.text()).contains("triport.manager.object-proxy");
            assertThat(answer.header("X-Should-Retry")).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        session-token-key: '${env:SESSION_TOKEN_KEY}'                          | one or more beside session-token-key
        session-token-key: '${env:TRIPORT_API_TOKEN}', parents: [a]            | 32 bytes in base64
        session-token-key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8, parents: [a] | ${env:NAME}
        session-token-key: '${env:SESSION_TOKEN_KEY}', parents: [a], kid: a.b  | 1..32 letters
        parents: [a]                                                           | only beside session-token-key
        kid: one                                                               | only beside session-token-key
        session_token_key: x                                                   | unknown setting
        """)
    void what_cannot_be_used_stops_the_start(String settings, String told) {
        assertThatThrownBy(
                        () -> ManagerUnderTest.start("triport: {manager: {object-proxy: {" + settings + "}}}", CLOCK))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining(ManagerUnderTest.SESSION_TOKEN_KEY)
                .hasMessageNotContaining(ManagerUnderTest.TOKEN);
    }

    @Test
    void a_key_may_have_a_name_of_its_own() {
        try (var named = ManagerUnderTest.start(YAML.replace("parents:", "kid: proxy-1, parents:"), CLOCK)) {
            var made = named.send("POST", ALL, body("\"permission\":\"object-read-only\""));

            assertThat(made.result().path("sessionToken").asText()).startsWith("v1.proxy-1.");
        }
    }

    private static int as(String role) {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"somebody\",\"role\":\"" + role + "}");
        var headers =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        return manager.send("POST", ALL, headers, Bytes.utf8(body("\"permission\":\"object-read-only\"")))
                .status();
    }

    private static Answer ask(String members) {
        return manager.send("POST", ALL, body(members));
    }

    /** With a bucket and a parent where the members have none. */
    private static String body(String members) {
        var bucket = members.contains("\"bucket\"") ? "" : "\"bucket\":\"data\",";
        var parent = members.contains("\"parentAccessKeyId\"") ? "" : "\"parentAccessKeyId\":\"PARENT\",";
        return "{" + bucket + parent + (members.isEmpty() ? "\"ttlSeconds\":900" : members) + "}";
    }

    private static String many(int texts, int length) {
        return IntStream.range(0, texts)
                .mapToObj(number -> "\"" + "x".repeat(Math.max(0, length - 3)) + (100 + number) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void refused(Answer answer, int status, int number) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("errors").path(0).path("code").asInt()).isEqualTo(number);
        assertThat(answer.text()).doesNotContain("sessionToken");
    }

    private static Signatory opened(Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        var sessions = new SealedSessions(
                SessionKeys.parse(ManagerUnderTest.SESSION_TOKEN_KEY),
                id -> Optional.of(parent(id)),
                id -> Optional.empty(),
                new SeededRandomness(1));
        var opened = sessions.open(
                made.result().path("sessionToken").asText(),
                new AccessKeyId(made.result().path("accessKeyId").asText()),
                CLOCK.instant());
        return ((Opened.Session) opened).signatory();
    }

    /** Opens everything, as nobody's session does. */
    private static AccessKey parent(AccessKeyId id) {
        return new AccessKey(
                id,
                Secret.of("the-secret-of-the-parent"),
                new Subject("holder"),
                Permissions.of(
                        new Permission(ActionNames.parse("*"), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY))),
                Set.of(),
                true,
                true,
                Instant.MAX);
    }

    private static boolean permits(Signatory signatory, Action action, String bucket, String key) {
        return signatory.permissions().permits(action, new ResourceName(bucket, Bytes.utf8(key)));
    }
}
