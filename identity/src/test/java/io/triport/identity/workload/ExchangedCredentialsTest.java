package io.triport.identity.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials.Answer;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.signer.KeySchedule;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SignerKey;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.identity.signer.TokenSigner;
import io.triport.identity.workload.FakeSts.Reply;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangedCredentialsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/triport";
    private static final String AWS = """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <SubjectFromWebIdentityToken>triport</SubjectFromWebIdentityToken>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/triport/x</Arn></AssumedRoleUser>
            <Credentials>
              <SessionToken>the-session-token</SessionToken>
              <SecretAccessKey>the-secret-key</SecretAccessKey>
              <Expiration>2026-01-01T01:00:00Z</Expiration>
              <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """;
    private static final String GOOGLE =
            "{\"access_token\":\"federated\",\"issued_token_type\":\"urn:x\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeSts sts = new FakeSts();
    private final TokenSigner signer = new TokenSigner(
            new Issuer("https://gateway.example"),
            KeySchedule.of(
                    SignerKey.parse(Secret.of(PrivateKeyPem.generate(SigningAlgorithm.ES256))), Duration.ofMinutes(5)));

    @AfterEach
    void stop() {
        sts.close();
    }

    @Test
    void a_role_is_assumed_with_a_token_of_ours() throws Exception {
        sts.answers(request -> new Reply(200, AWS));

        var answer = credentials(Map.of("s3", target(aws("")))).credential("s3");

        assertThat(answer).isInstanceOfSatisfying(Answer.Held.class, held -> {
            var key = (WorkloadCredential.SigningKey) held.credential();
            assertThat(key.id()).isEqualTo("ASIAEXAMPLE");
            assertThat(text(key.secret())).isEqualTo("the-secret-key");
            assertThat(text(key.sessionToken())).isEqualTo("the-session-token");
            assertThat(key.expiresAt()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
        });
        assertThat(answer.toString()).doesNotContain("the-secret-key", "the-session-token");
        var asked = sts.asked().getFirst();
        var form = asked.form();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/aws");
        assertThat(asked.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(form)
                .containsEntry("Action", "AssumeRoleWithWebIdentity")
                .containsEntry("Version", "2011-06-15")
                .containsEntry("RoleArn", ROLE)
                .containsEntry("RoleSessionName", "triport")
                .containsEntry("DurationSeconds", "3600")
                .doesNotContainKey("Policy");
        var token = SignedJWT.parse(form.get("WebIdentityToken"));
        assertThat(token.verify(new ECDSAVerifier(
                        JWKSet.parse(signer.keys(clock.instant()).json())
                                .getKeys()
                                .getFirst()
                                .toECKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("https://gateway.example");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("triport:orders");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("sts.amazonaws.com");
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isEqualTo(Date.from(clock.in(Duration.ofMinutes(5))));
    }

    @Test
    void targets_that_are_the_same_share_a_credential_and_a_policy_makes_another() {
        sts.answers(request -> new Reply(200, AWS));
        var credentials = credentials(
                Map.of("a", target(aws("")), "b", target(aws("")), "c", target(aws("{\"Version\":\"2012-10-17\"}"))));

        credentials.credential("a");
        credentials.credential("b");
        credentials.credential("c");

        assertThat(sts.asked()).hasSize(2);
        assertThat(sts.asked().getLast().form()).containsEntry("Policy", "{\"Version\":\"2012-10-17\"}");
    }

    @Test
    void a_refusal_is_told_by_its_code_alone() {
        sts.answers(
                request -> new Reply(
                        400,
                        "<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>eyJ...</Message></Error></ErrorResponse>"));

        assertThatThrownBy(() -> exchange(aws("")))
                .isInstanceOf(ExchangeFailed.class)
                .hasMessage("status 400 InvalidIdentityToken");
        assertThat(credentials(Map.of("s3", target(aws("")))).credential("s3")).isInstanceOf(Answer.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<a/>",
                "<a><b></a>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>",
                "<!DOCTYPE a><a/>"
            })
    void what_is_no_answer_of_aws_is_refused(String body) {
        sts.answers(request -> new Reply(200, body));

        assertThatThrownBy(() -> exchange(aws(""))).isInstanceOf(ExchangeFailed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T01:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00Z, soon",
        "AccessKeyId>, Other>",
        "<SessionToken>the-session-token</SessionToken>, <SessionToken/>",
        "<SessionToken>the-session-token</SessionToken>, <SessionToken>a</SessionToken><SessionToken>b</SessionToken>"
    })
    void an_answer_that_lacks_something_is_refused(String part, String instead) {
        sts.answers(request -> new Reply(200, AWS.replace(part, instead)));

        assertThatThrownBy(() -> exchange(aws(""))).isInstanceOf(ExchangeFailed.class);
    }

    @Test
    void an_answer_that_is_too_deep_or_too_long_is_refused() {
        sts.answers(request -> new Reply(200, "<a>".repeat(33) + "</a>".repeat(33)));
        assertThatThrownBy(() -> exchange(aws(""))).hasMessageContaining("too deep");

        sts.answers(request -> new Reply(200, " ".repeat(65_536) + AWS));
        assertThatThrownBy(() -> exchange(aws(""))).hasMessageStartingWith("no answer");
    }

    @Test
    void redirects_are_not_followed() {
        sts.answers(request -> new Reply(307, "", sts.url("/elsewhere").toString()));

        assertThatThrownBy(() -> exchange(aws(""))).isInstanceOf(ExchangeFailed.class);
        assertThat(sts.asked()).hasSize(1);
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for() {
        var never = new CountDownLatch(1);
        sts.answers(request -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reply(200, AWS);
        });

        assertThatThrownBy(() -> aws("").exchange("token", new StsClient(clock, Duration.ofMillis(20))))
                .isInstanceOf(ExchangeFailed.class);
        never.countDown();
    }

    @Test
    void no_token_is_sent_to_an_address_that_is_none_of_a_server() {
        var client = new StsClient(clock);

        assertThatThrownBy(() -> client.postForm(URI.create("http://169.254.169.254/sts"), Map.of("token", "secret")))
                .isInstanceOf(ExchangeFailed.class)
                .hasMessageContaining("link-local");
    }

    @Test
    void a_token_is_exchanged_at_google() {
        sts.answers(request -> new Reply(200, GOOGLE));

        var credential = exchange(google("/sts"));

        assertThat(credential).isInstanceOfSatisfying(WorkloadCredential.Bearer.class, bearer -> {
            assertThat(text(bearer.token())).isEqualTo("federated");
            assertThat(bearer.expiresAt()).isEqualTo(clock.in(Duration.ofHours(1)));
        });
        assertThat(sts.asked().getFirst().form())
                .isEqualTo(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "audience", "//iam.googleapis.com/projects/1/pool/provider",
                        "scope", "https://www.googleapis.com/auth/devstorage.read_write",
                        "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                        "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                        "subject_token", "token"));
    }

    @Test
    void an_account_of_google_gives_a_token_of_its_own() {
        sts.answers(request -> request.path().equals("/sts")
                ? new Reply(200, GOOGLE)
                : new Reply(200, "{\"accessToken\":\"of-the-account\",\"expireTime\":\"2026-01-01T00:30:00Z\"}"));

        var credential = exchange(google("/account"));

        assertThat(credential)
                .isEqualTo(new WorkloadCredential.Bearer(
                        Secret.of("of-the-account"), Instant.parse("2026-01-01T00:30:00Z")));
        assertThat(sts.asked().getFirst().form())
                .containsEntry("scope", "https://www.googleapis.com/auth/cloud-platform");
        assertThat(sts.asked().getLast().authorization()).isEqualTo("Bearer federated");
        assertThat(sts.asked().getLast().body())
                .isEqualTo(
                        "{\"scope\":[\"https://www.googleapis.com/auth/devstorage.read_write\"],\"lifetime\":\"3600s\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"Bearer\",\"expires_in\":1}",
                "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":3600}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":0}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":-1}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":43201}",
                "{\"access_token\":\"a\\nb\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
                "{\"access_token\":{},\"token_type\":\"Bearer\",\"expires_in\":3600}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":3600} x"
            })
    void what_is_no_answer_of_google_is_refused(String body) {
        sts.answers(request -> new Reply(200, body));

        assertThatThrownBy(() -> exchange(google("/sts"))).isInstanceOf(ExchangeFailed.class);
    }

    @Test
    void a_target_that_nobody_configured_is_a_defect() {
        assertThatThrownBy(() -> credentials(Map.of()).credential("s3")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_token_never_travels_in_the_clear() {
        assertThatThrownBy(() -> new Exchange.Aws(
                        URI.create("http://sts.example"), "a", ROLE, "triport", Duration.ofHours(1), ""))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void settings_name_the_targets() {
        var settings = read("""
            s3: {cloud: aws, subject: "triport:orders", role: "%s", endpoint: "https://sts.eu-central-1.amazonaws.com", life: 15m}
            gcs: {cloud: google, subject: "triport:orders", audience: "//iam.googleapis.com/x", scopes: [a], account: x@y.example}
            """.formatted(ROLE));

        assertThat(settings.targets().get("s3"))
                .isEqualTo(new WorkloadTarget(
                        "triport:orders",
                        new Exchange.Aws(
                                URI.create("https://sts.eu-central-1.amazonaws.com"),
                                "sts.amazonaws.com",
                                ROLE,
                                "triport",
                                Duration.ofMinutes(15),
                                "")));
        assertThat(settings.targets().get("gcs"))
                .isEqualTo(new WorkloadTarget(
                        "triport:orders",
                        new Exchange.Google(
                                URI.create("https://sts.googleapis.com/v1/token"),
                                "//iam.googleapis.com/x",
                                List.of("a"),
                                URI.create("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
                                        + "x@y.example:generateAccessToken"),
                                Duration.ofHours(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {subject: s} | a.cloud: missing",
                "a: {cloud: azure, subject: s} | expected: one of aws, google",
                "a: {cloud: aws} | a.subject: missing",
                "a: {cloud: aws, subject: s, endpoint: 'https://s'} | a.role: missing",
                "a: {cloud: aws, subject: s, role: x, endpoint: 'https://s'} | a.role: (these settings)",
                "a: {cloud: aws, subject: s, role: 'arn:aws:iam::123456789012:role/r', endpoint: 'http://s'} | an"
                        + " https URL",
                "a: {cloud: aws, subject: s, role: 'arn:aws:iam::123456789012:role/r', endpoint: 'https://s', life:"
                        + " 5m} | 900s..12h",
                "a: {cloud: aws, subject: s, role: 'arn:aws:iam::123456789012:role/r', endpoint: 'https://s', session:"
                        + " x} | 2..64",
                "a: {cloud: google, subject: s, audience: b} | scopes: 1 or more"
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigError.class).hasMessageContaining(message);
    }

    private static WorkloadSettings read(String text) {
        var section = new Sources(ConfigFile.parse("f.yml", text), Map.of(), Map.of()).root();
        var settings = WorkloadSettings.read(section);
        section.refuseUnknown();
        return settings;
    }

    private WorkloadCredential exchange(Exchange exchange) {
        return exchange.exchange("token", new StsClient(clock));
    }

    private ExchangedCredentials credentials(Map<String, WorkloadTarget> targets) {
        return ExchangedCredentials.of(
                targets,
                signer,
                new WorkloadMeans(clock, new SettableTicker(), new SeededRandomness(3), Runnable::run));
    }

    private static WorkloadTarget target(Exchange exchange) {
        return new WorkloadTarget("triport:orders", exchange);
    }

    private Exchange aws(String policy) {
        return new Exchange.Aws(sts.url("/aws"), "sts.amazonaws.com", ROLE, "triport", Duration.ofHours(1), policy);
    }

    private Exchange google(String impersonation) {
        return new Exchange.Google(
                sts.url("/sts"),
                "//iam.googleapis.com/projects/1/pool/provider",
                List.of("https://www.googleapis.com/auth/devstorage.read_write"),
                sts.url(impersonation),
                Duration.ofHours(1));
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
