package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.sts.SealedSessions;
import io.triport.testkit.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionsTest {
    private static final String SECRET = ProxyUnderTest.SECRET;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", SECRET, "RING", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final String YAML = """
        session_token_keys: ["${env:RING}"]
        buckets:
          - {name: data, backend_type: memory}
          - {name: others, backend_type: memory, allowed_roles: [other]}
          - {name: open, backend_type: memory, anonymous_access: read}
        roles:
          - role_id: reader
            trusted_oidc_issuers: [{issuer: "ISSUER", insecure: true}]
            required_audiences: s3
            subject_conditions: ["user-*"]
            min_session_duration_secs: 60
            claim_conditions: {team: [red, blue]}
            REVOKED
            allowed_scopes:
              - {bucket: data, prefixes: ["{sub}/"], actions: [read, write]}
              - {bucket: others, actions: [read]}
          - role_id: other
            trusted_principals: [someone]
            allowed_scopes: [{bucket: others, actions: [read, write]}, {bucket: data, actions: [read]}]
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            principal_name: someone
            may_assume: [other]
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: FEW
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: data, prefixes: [few/], actions: [read]}]
        rate_limits: {sts: STSLIMIT}
        """;

    private final SettableClock clock = SettableClock.at("2026-06-01T12:00:00Z");
    private final TestProvider provider = new TestProvider();
    private ProxyUnderTest proxy = start("off");

    @BeforeEach
    void fill() {
        for (var key : new String[] {"user-a/x", "user-b/x", "top"}) {
            assertThat(proxy.send("PUT", "/data/" + key, Map.of(), key).status())
                    .isEqualTo(200);
        }
        assertThat(proxy.send("PUT", "/others/x", Map.of(), "x").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        proxy.close();
        provider.close();
    }

    @Test
    void a_session_of_a_token_reads_lists_and_writes_under_its_own_prefix_alone() {
        var session = session(Map.of());

        assertThat(session.send("GET", "/data/user-a/x").body()).isEqualTo("user-a/x");
        assertThat(session.send("GET", "/data?list-type=2&prefix=user-a%2F").element("KeyCount"))
                .isEqualTo("1");
        assertThat(session.send("PUT", "/data/user-a/y").status()).isEqualTo(200);
        assertThat(session.send("GET", "/data/user-b/x").status()).isEqualTo(403);
        assertThat(session.send("GET", "/data/top").status()).isEqualTo(403);
        assertThat(session.send("GET", "/data?list-type=2&prefix=user-b%2F").status())
                .isEqualTo(403);
        assertThat(session.send("GET", "/data?list-type=2").status()).isEqualTo(403);
        assertThat(session.send("GET", "/").body())
                .contains("<Name>data</Name>")
                .doesNotContain("<Name>others</Name>");
    }

    @Test
    void a_bucket_of_other_roles_refuses_a_session_whatever_its_scopes_say() {
        assertThat(session(Map.of()).send("GET", "/others/x").status()).isEqualTo(403);

        var other = assumed("ALL", Map.of("Action", "AssumeRole", "RoleArn", "other", "RoleSessionName", "me"));
        assertThat(other.send("GET", "/others/x").body()).isEqualTo("x");
    }

    @Test
    void a_session_ends_when_it_says_so() {
        var session = session(Map.of("DurationSeconds", "60"));

        clock.advance(Duration.ofSeconds(59));
        assertThat(session.send("GET", "/data/user-a/x").status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));
        var ended = session.send("GET", "/data/user-a/x");
        assertThat(ended.status()).isEqualTo(403);
        assertThat(ended.element("Code")).isEqualTo("ExpiredToken");
    }

    @Test
    void not_a_bit_of_a_token_can_be_changed() {
        var session = session(Map.of());
        var token = session.token();

        for (var at = 0; at < token.length(); at += 17) {
            var changed = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            var answer = new Session(session.id(), session.secret(), changed).send("GET", "/data/user-a/x");

            assertThat(answer.status()).as("character " + at).isEqualTo(400);
            assertThat(answer.element("Code")).isEqualTo("InvalidToken");
        }
    }

    @Test
    void sessions_of_a_role_end_with_a_line_in_the_configuration() {
        var before = session(Map.of());

        clock.advance(Duration.ofSeconds(1));
        adopt(yaml("off").replace("REVOKED", "revoke_sessions_before: " + clock.instant()));

        var refused = before.send("GET", "/data/user-a/x");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.element("Code")).isEqualTo("AccessDenied");
        assertThat(session(Map.of()).send("GET", "/data/user-a/x").status()).isEqualTo(200);
    }

    @Test
    void sessions_end_with_their_role() {
        var session = session(Map.of());

        adopt(yaml("off").replace("role_id: reader", "role_id: writer"));

        assertThat(session.send("GET", "/data/user-a/x").status()).isEqualTo(403);
    }

    @Test
    void a_single_session_is_taken_back_by_the_id_of_its_token() {
        var one = session(Map.of());
        var other = session(Map.of());

        var revoked = new RevocationKey.Credential(new io.triport.domain.identity.CredentialId(one.id()));
        proxy.part(RevocationList.class).revoke(Revocation.of(revoked, clock.in(Duration.ofHours(2))));

        assertThat(one.send("GET", "/data/user-a/x").element("Code")).isEqualTo("AccessDenied");
        assertThat(other.send("GET", "/data/user-a/x").status()).isEqualTo(200);
        assertThat(SealedSessions.ISSUER).isEqualTo(new Issuer("sts"));
    }

    @Test
    void an_issuer_may_replace_its_keys() {
        session(Map.of());

        provider.rotates("second");

        assertThat(session(Map.of()).send("GET", "/data/user-a/x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "aud, '\"other\"', 403, AccessDenied",
        "sub, '\"robot\"', 403, AccessDenied",
        "team, '\"green\"', 403, AccessDenied",
        "iss, '\"https://other.example\"', 400, InvalidIdentityToken",
        "exp, '1', 400, ExpiredTokenException"
    })
    void a_token_that_does_not_open_the_role_is_refused(String claim, String value, int status, String code) {
        var answer = post(byToken(Map.of("WebIdentityToken", token(Map.of(claim, value)))));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.element("Code")).isEqualTo(code);
        assertThat(answer.body()).contains("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action=Sing | 400 | InvalidAction",
                "x=1 | 400 | MissingParameter",
                "Action=AssumeRoleWithWebIdentity | 400 | MissingParameter",
                "Action=AssumeRoleWithWebIdentity&RoleArn=nobody&RoleSessionName=me&WebIdentityToken=x | 403 |"
                        + " AccessDenied",
                "Action=AssumeRoleWithWebIdentity&RoleArn=reader&RoleSessionName=me&WebIdentityToken=x | 400 |"
                        + " InvalidIdentityToken",
                "Action=AssumeRoleWithWebIdentity&RoleArn=reader&RoleSessionName=? | 400 | ValidationError",
                "Action=GetCallerIdentity | 403 | AccessDenied",
                "Action=Sing&Action=Sing | 400 | InvalidParameterValue"
            })
    void what_is_wrong_has_its_code(String form, int status, String code) {
        var answer = post(form);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.element("Code")).isEqualTo(code);
    }

    @Test
    void a_form_that_is_too_long_is_not_read() {
        var answer = post("Action=GetCallerIdentity&x=" + "x".repeat(65_536));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.element("Code")).isEqualTo("InvalidParameterValue");
    }

    @Test
    void who_signs_is_told_who_they_are() {
        var form = "Action=GetCallerIdentity&Version=2011-06-15";

        var key = signed("ALL", SECRET, form, Map.of());
        assertThat(key.status()).isEqualTo(200);
        assertThat(key.element("Arn")).isEqualTo("arn:aws:iam::000000000000:user/someone");

        var session = session(Map.of());
        var told = signed(session.id(), session.secret(), form, Map.of("x-amz-security-token", session.token()));
        assertThat(told.element("Arn")).isEqualTo("arn:aws:sts::000000000000:assumed-role/reader/me");
    }

    @Test
    void questions_with_a_wrong_signature_are_refused_in_the_words_of_sts() {
        var form = "Action=GetCallerIdentity";

        assertThat(signed("ALL", "wrong", form, Map.of()).element("Code")).isEqualTo("SignatureDoesNotMatch");
        assertThat(signed("NOBODY", SECRET, form, Map.of()).element("Code")).isEqualTo("InvalidClientTokenId");
        var forS3 = new TestSigner("ALL", SECRET, clock).signed("POST", proxy.address(), "/", fields(form, Map.of()));
        assertThat(proxy.unsigned("POST", "/", forS3, form).element("Code")).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void a_key_takes_on_only_what_it_may() {
        var other = "Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/other&RoleSessionName=me";

        assertThat(signed("ALL", SECRET, other, Map.of()).status()).isEqualTo(200);
        assertThat(signed("FEW", SECRET, other, Map.of()).element("Code")).isEqualTo("AccessDenied");
        assertThat(signed("ALL", SECRET, other.replace("other", "reader"), Map.of())
                        .element("Code"))
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_session_of_a_key_opens_what_the_key_does_and_asks_for_no_other() {
        var session = assumed("FEW", Map.of("Action", "GetSessionToken"));

        assertThat(proxy.send("PUT", "/data/few/x", Map.of(), "x").status()).isEqualTo(200);
        assertThat(session.send("GET", "/data/few/x").body()).isEqualTo("x");
        assertThat(session.send("GET", "/data/top").status()).isEqualTo(403);
        assertThat(signed(
                                session.id(),
                                session.secret(),
                                "Action=GetSessionToken",
                                Map.of("x-amz-security-token", session.token()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_path_of_its_own_takes_questions_in_the_query() {
        var target = "/.sts?Action=GetCallerIdentity";
        var fields = new TestSigner("ALL", SECRET, clock)
                .signedFor(
                        "sts", "GET", proxy.address(), target, Map.of("x-amz-content-sha256", TestSigner.sha256("")));

        var answer = proxy.unsigned("GET", target, fields, "");

        assertThat(answer.element("UserId")).isEqualTo("ALL");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(proxy.unsigned("DELETE", "/.sts", Map.of(), "").header("allow"))
                .isEqualTo("GET, POST");
    }

    @Test
    void an_issuer_that_is_away_is_shown_and_refuses_nobody_but_its_own() {
        var form = byToken(Map.of());
        provider.close();

        var answer = post(form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.element("Code")).isEqualTo("IDPCommunicationError");
        assertThat(proxy.part(AppConfig.class).degraded()).containsExactly("issuer " + provider.issuer() + ": no keys");
        assertThat(proxy.send("GET", "/data/top").status()).isEqualTo(200);
    }

    @Test
    void questions_are_counted_by_address_before_their_tokens_are_looked_at() {
        proxy.close();
        proxy = start("{limit: 2, window: 10s}");
        var form = byToken(Map.of("WebIdentityToken", "x"));

        assertThat(post(form).status()).isEqualTo(400);
        assertThat(post(form).status()).isEqualTo(400);
        var third = post(form);

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.element("Code")).isEqualTo("Throttling");
        assertThat(third.header("retry-after")).isNotEmpty();
        assertThat(third.header("ratelimit-policy")).isEqualTo("\"sts\";q=2;w=10");
        assertThat(third.header("ratelimit")).startsWith("\"sts\";r=0;t=");
    }

    @Test
    void sessions_are_counted_by_configured_roles_only() {
        session(Map.of());
        post("Action=AssumeRoleWithWebIdentity&RoleArn=madeup&RoleSessionName=me&WebIdentityToken=x");
        post(byToken(Map.of("WebIdentityToken", "x")));

        assertThat(counted("reader", "granted")).isEqualTo(1);
        assertThat(counted("reader", "InvalidIdentityToken")).isEqualTo(1);
        assertThat(counted("", "AccessDenied")).isEqualTo(1);
    }

    private double counted(String role, String outcome) {
        return proxy.part(io.micrometer.core.instrument.MeterRegistry.class)
                .get("sts.sessions")
                .tags("role", role, "outcome", outcome)
                .counter()
                .count();
    }

    /** A session's own keys, as a client has them. */
    private final class Session {
        private final String id;
        private final String secret;
        private final String token;

        Session(String id, String secret, String token) {
            this.id = id;
            this.secret = secret;
            this.token = token;
        }

        String id() {
            return id;
        }

        String secret() {
            return secret;
        }

        String token() {
            return token;
        }

        ProxyUnderTest.Answer send(String method, String target) {
            var fields = new TestSigner(id, secret, clock)
                    .signed(method, proxy.address(), target, Map.of("x-amz-security-token", token));
            return proxy.unsigned(method, target, fields, "");
        }
    }

    private Session session(Map<String, String> more) {
        return session(post(byToken(more)));
    }

    private Session assumed(String key, Map<String, String> parameters) {
        return session(signed(key, SECRET, form(parameters), Map.of()));
    }

    private Session session(ProxyUnderTest.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new Session(
                answer.element("AccessKeyId"), answer.element("SecretAccessKey"), answer.element("SessionToken"));
    }

    private String byToken(Map<String, String> more) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Action", "AssumeRoleWithWebIdentity");
        parameters.put("RoleArn", "arn:aws:iam::123456789012:role/reader");
        parameters.put("RoleSessionName", "me");
        parameters.put("WebIdentityToken", token(Map.of()));
        parameters.putAll(more);
        return form(parameters);
    }

    private String token(Map<String, String> more) {
        var claims = new LinkedHashMap<String, String>();
        claims.put("iss", "\"" + provider.issuer() + "\"");
        claims.put("sub", "\"user-a\"");
        claims.put("aud", "[\"s3\"]");
        claims.put("team", "\"red\"");
        claims.put("iat", Long.toString(clock.instant().getEpochSecond()));
        claims.put("exp", Long.toString(clock.in(Duration.ofMinutes(5)).getEpochSecond()));
        claims.putAll(more);
        return provider.token(claims);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private ProxyUnderTest.Answer post(String form) {
        return proxy.unsigned("POST", "/", Map.of("content-type", "application/x-www-form-urlencoded"), form);
    }

    private ProxyUnderTest.Answer signed(String key, String secret, String form, Map<String, String> more) {
        var fields =
                new TestSigner(key, secret, clock).signedFor("sts", "POST", proxy.address(), "/", fields(form, more));
        return proxy.unsigned("POST", "/", fields, form);
    }

    private static Map<String, String> fields(String form, Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        fields.put("x-amz-content-sha256", TestSigner.sha256(form));
        return fields;
    }

    private void adopt(String yaml) {
        proxy.part(AppConfig.class).adopt(ProxyUnderTest.read(yaml.replace("REVOKED", ""), ENVIRONMENT));
    }

    private ProxyUnderTest start(String limit) {
        return ProxyUnderTest.start(yaml(limit).replace("REVOKED", ""), ENVIRONMENT, clock);
    }

    private String yaml(String limit) {
        return YAML.replace("ISSUER", provider.issuer()).replace("STSLIMIT", limit);
    }
}
