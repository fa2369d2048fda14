package io.triport.identity.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedRequestMechanismTest {
    private static final Bytes BODY = Bytes.utf8("{\"order\":7}");

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeNonceLedger nonces = FakeNonceLedger.empty();
    private final FakeRevocationList revocations = new FakeRevocationList(new SettableTicker());

    @Test
    void a_request_signed_in_headers_is_admitted_as_its_signer() {
        assertThat(verify(inHeaders())).isInstanceOfSatisfying(IdentityOutcome.Authenticated.class, admitted -> {
            assertThat(admitted.principal().id()).hasToString("signed:shared");
            assertThat(admitted.principal().credential()).isEqualTo(new CredentialId("shared"));
            assertThat(admitted.principal().scopes()).containsExactly(new Scope("orders.write"));
            assertThat(admitted.principal().strength()).isEqualTo(AuthStrength.POSSESSION);
        });
    }

    /** Made with openssl, so that the canonical text does not only agree with itself. */
    @Test
    void the_canonical_text_is_the_documented_one() {
        var headers = Map.of(
                "x-key-id", "shared",
                "x-timestamp", "1767225600000",
                "x-nonce", "0123456789abcdef",
                "x-body-sha256", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                "x-signature", "7b890c29a2c8200183ae5f1b78b67c9712d087e88dae90e758c7cb1022223dcc");
        var request = TestRequest.of("POST", "/orders/7?a=1&b=%20", headers, Bytes.utf8("{}"));

        assertAdmitted(verify(request));
    }

    @Test
    void a_signature_may_be_written_in_base64url() {
        var request = inHeaders();
        var mac = HexFormat.of().parseHex(request.header("x-signature"));
        var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(mac);

        assertThat(verify(request.with("x-signature", encoded + "="))).isEqualTo(rejected(Reason.SIGNATURE_MALFORMED));
        assertAdmitted(verify(request.with("x-signature", encoded)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-key-id", "x-timestamp", "x-nonce", "x-body-sha256", "x-signature"})
    void each_of_the_five_headers_is_needed_once(String name) {
        var request = inHeaders();
        var value = request.header(name);

        assertThat(verify(request.without(name))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verify(request.with(name, value, value))).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertAdmitted(verify(request));
    }

    @ParameterizedTest
    @CsvSource({
        "x-timestamp, soon, INVALID_TIMESTAMP",
        "x-timestamp, 12345678901234567, INVALID_TIMESTAMP",
        "x-timestamp, +1767225600000, INVALID_TIMESTAMP",
        "x-nonce, 0123456789abcde, SIGNATURE_MALFORMED",
        "x-nonce, 0123456789abcde+, SIGNATURE_MALFORMED",
        "x-body-sha256, 00, SIGNATURE_MALFORMED",
        "x-body-sha256, 44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A, SIGNATURE_MALFORMED",
        "x-signature, 00, SIGNATURE_MALFORMED"
    })
    void a_header_that_is_not_of_its_form_is_refused(String name, String value, Reason reason) {
        assertThat(verify(inHeaders().with(name, value))).isEqualTo(rejected(reason));
    }

    @Test
    void a_nonce_has_16_to_128_characters() {
        assertThat(SignatureClaim.nonceAllowed("a".repeat(15))).isFalse();
        assertThat(SignatureClaim.nonceAllowed("a".repeat(16))).isTrue();
        assertThat(SignatureClaim.nonceAllowed("Az09_-".repeat(21) + "zz")).isTrue();
        assertThat(SignatureClaim.nonceAllowed("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-60000, true", "60000, true", "-60001, false", "60001, false"})
    void both_edges_of_the_window_pass_and_nothing_beyond(long millis, boolean passes) {
        var request = inHeaders();
        clock.advance(Duration.ofMillis(millis));

        assertThat(verify(request) instanceof IdentityOutcome.Authenticated).isEqualTo(passes);
    }

    @Test
    void checks_are_made_in_the_order_of_the_specification() {
        var other = inHeaders().saying(Bytes.utf8("other"));
        var unknown = other.with("x-key-id", "nobody").by("PUT");
        var forged = other.by("PUT");
        clock.advance(Duration.ofSeconds(61));
        assertThat(verify(unknown)).isEqualTo(rejected(Reason.OUTSIDE_WINDOW));
        clock.advance(Duration.ofSeconds(-61));

        assertThat(verify(unknown)).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(forged)).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(other)).isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
    }

    @Test
    void a_refused_request_leaves_its_nonce_usable() {
        var request = inHeaders();
        verify(request.by("PUT"));
        verify(request.saying(Bytes.EMPTY));

        assertAdmitted(verify(request));
        assertThat(verify(request)).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void of_many_copies_at_once_one_is_admitted() {
        var request = inHeaders().fetch();
        var mechanism = mechanism(TestSigners.KEYS);

        var outcomes = AtOnce.run(16, caller -> () -> mechanism.verify(request, clock.instant()));

        assertThat(outcomes)
                .filteredOn(IdentityOutcome.Authenticated.class::isInstance)
                .hasSize(1);
        assertThat(outcomes).filteredOn(rejected(Reason.REPLAYED)::equals).hasSize(15);
    }

    @Test
    void while_a_secret_is_replaced_both_verify() {
        var newer = Secret.of("fedcba9876543210fedcba9876543210");
        var signer = new SignedKey(
                new CredentialId("shared"),
                List.of(SignatureKey.shared(newer), SignatureKey.shared(TestSigners.SECRET)),
                Set.of(),
                Set.of(),
                Permissions.NONE,
                List.of(),
                Instant.MAX);

        assertAdmitted(mechanism(new SignedKeys(Map.of("shared", signer)))
                .verify(inHeaders().fetch(), clock.instant()));
    }

    @Test
    void a_signer_ends_and_may_be_bound_to_addresses() {
        var bound = new SignedKey(
                new CredentialId("shared"),
                List.of(SignatureKey.shared(TestSigners.SECRET)),
                Set.of(),
                Set.of(),
                Permissions.NONE,
                List.of(Cidr.parse("198.51.100.0/24")),
                clock.in(Duration.ofSeconds(10)));
        var mechanism = mechanism(new SignedKeys(Map.of("shared", bound)));

        assertThat(mechanism.verify(inHeaders().fetch(), clock.instant())).isEqualTo(rejected(Reason.ADDRESS_DENIED));
        assertThat(mechanism.verify(inHeaders().fetch(), clock.in(Duration.ofSeconds(10))))
                .isEqualTo(rejected(Reason.CREDENTIAL_EXPIRED));
        assertAdmitted(mechanism.verify(inHeaders().from("198.51.100.9").fetch(), clock.instant()));
    }

    @Test
    void nothing_is_admitted_while_the_nonces_do_not_answer() {
        var away = new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                throw new IdentityStateUnavailable("away", new IOException());
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        };
        var mechanism = new SignedRequestMechanism(NAME, SignedSettings.of(TestSigners.KEYS), away, revocations);

        assertThat(mechanism.verify(inHeaders().fetch(), clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void a_key_that_was_taken_back_is_refused_and_spends_no_nonce() {
        var request = inHeaders();
        var key = new RevocationKey.Credential(new CredentialId("shared"));
        revocations.revoke(Revocation.of(key, clock.in(Duration.ofDays(1))));

        assertThat(verify(request)).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(nonces.forget(Instant.MAX)).isZero();
    }

    @Test
    void a_nonce_is_remembered_for_two_windows_and_what_clocks_may_differ_by() {
        assertThat(SignedSettings.of(TestSigners.KEYS).nonceMemory()).isEqualTo(Duration.ofSeconds(180));
    }

    @Test
    void a_public_key_never_serves_as_a_secret() {
        var publicAsSecret = Secret.copyOf(TestSigners.P256.getPublic().getEncoded());
        var forger = new RequestSigner(
                "ec",
                new RequestSigner.ClientKey.Shared(publicAsSecret),
                clock,
                new io.triport.testkit.SeededRandomness(1));
        var target = io.triport.domain.request.RawTarget.parse("/orders");
        var headers = forger.headers(io.triport.domain.request.Method.POST, target, BODY);

        assertThat(verify(TestRequest.of("POST", "/orders", headers, BODY)))
                .isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
    }

    @Test
    void both_forms_in_one_request_are_refused() {
        var request = inHeaders()
                .withAll(inMessage("ed").headers().entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().getFirst())));

        assertThat(verify(request)).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
    }

    @Test
    void a_form_that_is_not_configured_is_no_claim() {
        var settings = new SignedSettings(
                Duration.ofSeconds(60),
                Set.of(SignatureForm.MESSAGE_SIGNATURES),
                "",
                TestSigners.KEYS,
                RevocationRule.SOFT);
        var mechanism = new SignedRequestMechanism(NAME, settings, nonces, revocations);

        assertThat(mechanism.present(inHeaders().fetch())).isFalse();
        assertThat(mechanism.present(inMessage("ed").fetch())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "ed", "ec"})
    void a_message_signature_of_each_algorithm_is_admitted_once(String keyId) {
        var request = inMessage(keyId);

        assertAdmitted(verify(request));
        assertThat(verify(request)).isEqualTo(rejected(Reason.REPLAYED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "ed", "ec"})
    void what_a_message_signature_covers_cannot_be_changed(String keyId) {
        var request = inMessage(keyId);

        assertThat(verify(request.by("PUT"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.to("/orders?a=2"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.to("/order?a=1"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.with("host", "other.example"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.saying(Bytes.utf8("other")))).isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
        assertThat(verify(request.saying(Bytes.EMPTY))).isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
        assertAdmitted(verify(request));
    }

    @ParameterizedTest
    @CsvSource({
        "\"@method\" , ''",
        "\"@path\" , ''",
        "\"@query\" , ''",
        "\"content-digest\", ''",
        ";nonce=, ;x=",
        ";created=, ;x=",
        ";keyid=, ;x=",
        "\"@method\", \"@METHOD\"",
        "\"@method\", \"@method\";req",
        "\"@method\", \"@method\" \"@method\"",
        "\"@method\", \"@method\" \"@target-uri\"",
        "\"@method\", \"@method\" \"x-absent\"",
        "sig=, other=",
        ";created, ;tag=\"x\";created",
        ";created, ;alg=\"rsa-v1_5-sha256\";created",
        ";created, ;created=1;created",
        "(, ((",
    })
    void a_message_signature_without_what_it_needs_is_refused(String part, String instead) {
        var request = inMessage("ed")
                .changing("signature-input", input -> input.replace(part, instead == null ? "" : instead));

        assertThat(verify(request)).isEqualTo(rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void an_algorithm_that_is_not_the_keys_is_refused() {
        var request = inMessage("ed").changing("signature-input", input -> input + ";alg=\"hmac-sha256\"");

        assertThat(verify(request)).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
    }

    @Test
    void several_signatures_are_ambiguous() {
        var request = inMessage("ed");

        assertThat(verify(request.changing("signature", text -> text + ", b=:AA==:")))
                .isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertThat(verify(request.with("signature", request.header("signature"), request.header("signature"))))
                .isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertThat(verify(request.without("signature"))).isEqualTo(rejected(Reason.MISSING_HEADER));
    }

    @Test
    void a_digest_of_an_unknown_hash_alone_covers_nothing() {
        var request = inMessage("ed").changing("content-digest", digest -> digest.replace("sha-256", "md5"));

        assertThat(verify(request)).isEqualTo(rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_request_without_a_body_needs_no_digest() {
        var request = TestSigners.inMessage("ed", clock, "/orders", Map.of(), Bytes.EMPTY);

        assertThat(request.header("signature-input")).doesNotContain("content-digest");
        assertThat(verify(request.saying(BODY))).isEqualTo(rejected(Reason.SIGNATURE_MALFORMED));
        assertAdmitted(verify(request));
    }

    @Test
    void a_tag_must_be_the_configured_one() {
        var settings = new SignedSettings(
                Duration.ofSeconds(60),
                Set.of(SignatureForm.MESSAGE_SIGNATURES),
                "ours",
                TestSigners.KEYS,
                RevocationRule.SOFT);
        var mechanism = new SignedRequestMechanism(NAME, settings, nonces, revocations);

        assertThat(mechanism.verify(inMessage("ed").fetch(), clock.instant()))
                .isEqualTo(rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void no_text_form_shows_a_secret() {
        assertThat(SignatureKey.shared(TestSigners.SECRET)).hasToString("Shared[secret=Secret[32 bytes]]");
        assertThat(new RequestSigner.ClientKey.Own(TestSigners.P256.getPrivate()))
                .hasToString("Own[EC]");
    }

    private static final MechanismName NAME = new MechanismName("signed");

    private TestRequest inHeaders() {
        return TestSigners.inHeaders(clock, "/orders?a=1", BODY);
    }

    private TestRequest inMessage(String keyId) {
        return TestSigners.inMessage(keyId, clock, "/orders?a=1", Map.of("host", "api.example"), BODY);
    }

    private IdentityOutcome verify(TestRequest request) {
        return mechanism(TestSigners.KEYS).verify(request.fetch(), clock.instant());
    }

    private SignedRequestMechanism mechanism(SignedKeys keys) {
        return new SignedRequestMechanism(NAME, SignedSettings.of(keys), nonces, revocations);
    }

    private static void assertAdmitted(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
