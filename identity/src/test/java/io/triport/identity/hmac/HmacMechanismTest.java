package io.triport.identity.hmac;

import static io.triport.identity.hmac.SignedRequest.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HmacMechanismTest {
    private static final String OTHER = "fedcba9876543210fedcba9876543210";
    private static final HmacSettings SETTINGS = new HmacSettings(Duration.ofSeconds(60), "");

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeNonceLedger nonces = FakeNonceLedger.empty();
    private final AtomicReference<KeyRing> ring = new AtomicReference<>(TestKeys.ring(TestKeys.key("app", SECRET)));

    @Test
    void a_signed_request_is_admitted_under_the_key_that_signed_it() {
        var outcome = verify(request("n1"));

        assertThat(outcome).isInstanceOfSatisfying(IdentityOutcome.Authenticated.class, admitted -> {
            assertThat(admitted.principal().id()).hasToString("hmac:app");
            assertThat(admitted.principal().credential()).isEqualTo(new CredentialId("app"));
            assertThat(admitted.principal().verifiedAt()).isEqualTo(clock.instant());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-zt-key-id", "x-zt-timestamp", "x-zt-nonce", "x-zt-body-sha256", "x-zt-signature"})
    void any_of_its_headers_claims_it(String header) {
        var mechanism = mechanism(nonces, SETTINGS);
        var none = request("n")
                .without("x-zt-key-id")
                .without("x-zt-timestamp")
                .without("x-zt-nonce")
                .without("x-zt-body-sha256")
                .without("x-zt-signature");

        assertThat(mechanism.present(none.with(header, "x").fetch())).isTrue();
        assertThat(mechanism.present(none.fetch())).isFalse();
        assertThat(mechanism.signsBody()).isTrue();
        assertThat(mechanism.name()).hasToString("hmac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "APP", " App ", "\u00a0app"})
    void a_key_id_is_found_whatever_its_case_and_the_blanks_around_it(String keyId) {
        assertAdmitted(verify(SignedRequest.of(keyId, SECRET, clock.instant(), "n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-zt-key-id", "x-zt-timestamp", "x-zt-nonce", "x-zt-body-sha256", "x-zt-signature"})
    void each_header_is_needed_once_and_not_blank(String header) {
        var request = request("n");
        var value = request.header(header);

        assertThat(verify(request.without(header))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verify(request.with(header, ""))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verify(request.with(header, " \t"))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verify(request.with(header, value, value))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertAdmitted(verify(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "+1", "1e3", "1.0", "0x1", "12345678901234567", "1 2", "\u0661\u0662\u0663"})
    void a_timestamp_is_1_to_16_ascii_digits(String timestamp) {
        assertThat(verify(request("n").with(SigningHeaders.TIMESTAMP, timestamp)))
                .isEqualTo(rejected(Reason.INVALID_TIMESTAMP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9999999999999999", "1767225600"})
    void a_timestamp_far_away_is_outside_the_window(String timestamp) {
        assertThat(verify(request("n").with(SigningHeaders.TIMESTAMP, timestamp)))
                .isEqualTo(rejected(Reason.OUTSIDE_WINDOW));
    }

    @ParameterizedTest
    @CsvSource({"-60000, true", "60000, true", "-60001, false", "60001, false", "0, true"})
    void both_edges_of_the_window_pass_and_nothing_beyond(long millis, boolean passes) {
        var dated = SignedRequest.of("app", SECRET, clock.instant().plusMillis(millis), "n");

        var outcome = verify(dated);

        if (passes) {
            assertAdmitted(outcome);
        } else {
            assertThat(outcome).isEqualTo(rejected(Reason.OUTSIDE_WINDOW));
        }
    }

    @Test
    void a_clock_between_two_milliseconds_does_not_narrow_the_window() {
        var dated = SignedRequest.of("app", SECRET, clock.instant().minusSeconds(60), "n");
        clock.advance(Duration.ofNanos(999_999));

        assertAdmitted(verify(dated));
    }

    @Test
    void another_body_than_the_signed_one_is_refused() {
        assertThat(verify(request("n").saying(Bytes.utf8("{} ")))).isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
    }

    @Test
    void the_body_is_judged_before_the_key_and_the_key_before_the_signature() {
        var wrong = SignedRequest.of("nobody", OTHER, clock.instant(), "n");

        assertThat(verify(wrong.saying(Bytes.utf8("other")))).isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
        assertThat(verify(wrong)).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(wrong.with(SigningHeaders.KEY_ID, "app"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
    }

    @Test
    void hex_is_compared_with_its_case() {
        var request = request("n");
        var signature = request.header(SigningHeaders.SIGNATURE);
        var hash = request.header(SigningHeaders.BODY_SHA256);

        assertThat(verify(request.with(SigningHeaders.SIGNATURE, upper(signature))))
                .isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.with(SigningHeaders.BODY_SHA256, upper(hash))))
                .isEqualTo(rejected(Reason.BODY_HASH_MISMATCH));
    }

    @Test
    void a_request_is_admitted_once() {
        var request = request("n");

        assertAdmitted(verify(request));
        assertThat(verify(request)).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void a_nonce_is_spent_for_every_path_and_time() {
        assertAdmitted(verify(request("n")));
        clock.advance(Duration.ofSeconds(5));

        var other = SignedRequest.of(
                "app", SECRET, Long.toString(clock.millis()), "n", "/zin/kv/put", "", Bytes.utf8("[]"));

        assertThat(verify(other)).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void a_refused_request_leaves_its_nonce_usable() {
        var request = request("n");

        verify(request.with(SigningHeaders.SIGNATURE, "0".repeat(64)));
        verify(request.with(SigningHeaders.KEY_ID, "nobody"));
        verify(request.saying(Bytes.utf8("x")));

        assertAdmitted(verify(request));
    }

    @Test
    void of_many_copies_at_once_one_is_admitted() {
        for (var round = 0; round < 20; round++) {
            var request = request("n" + round);

            var outcomes = AtOnce.run(200, number -> () -> verify(request));

            assertThat(outcomes)
                    .filteredOn(IdentityOutcome.Authenticated.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes).filteredOn(rejected(Reason.REPLAYED)::equals).hasSize(199);
        }
    }

    @Test
    void a_replay_under_another_key_id_is_refused() {
        ring.set(TestKeys.ring(TestKeys.key("app", SECRET), TestKeys.key("other", OTHER)));
        var request = request("n");
        assertAdmitted(verify(request));

        assertThat(verify(request.with(SigningHeaders.KEY_ID, "other"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(verify(request.with(SigningHeaders.KEY_ID, "APP"))).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void with_one_secret_for_all_a_replay_under_any_key_id_is_refused() {
        ring.set(new KeyRing.Shared(TestKeys.key("shared", SECRET)));
        var request = request("n");
        assertAdmitted(verify(request));

        assertThat(verify(request.with(SigningHeaders.KEY_ID, "anybody"))).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void the_nonces_of_two_keys_are_apart() {
        ring.set(TestKeys.ring(TestKeys.key("app", SECRET), TestKeys.key("other", OTHER)));

        assertAdmitted(verify(SignedRequest.of("app", SECRET, clock.instant(), "n")));
        assertAdmitted(verify(SignedRequest.of("other", OTHER, clock.instant(), "n")));
    }

    @Test
    void both_secrets_verify_while_a_key_is_rotated_and_share_their_nonces() {
        ring.set(TestKeys.ring(TestKeys.key("app", SECRET, OTHER)));

        assertAdmitted(verify(SignedRequest.of("app", SECRET, clock.instant(), "old")));
        assertAdmitted(verify(SignedRequest.of("app", OTHER, clock.instant(), "new")));
        assertThat(verify(SignedRequest.of("app", OTHER, clock.instant(), "old")))
                .isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void a_ring_that_is_replaced_counts_from_the_next_request() {
        assertAdmitted(verify(request("n1")));

        ring.set(TestKeys.ring(TestKeys.key("app", OTHER)));

        assertThat(verify(request("n2"))).isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertAdmitted(verify(SignedRequest.of("app", OTHER, clock.instant(), "n2")));
    }

    @Test
    void an_empty_ring_is_told_before_anything_of_the_request() {
        ring.set(new KeyRing.Named(java.util.Map.of()));

        assertThat(verify(request("n").without(SigningHeaders.NONCE))).isEqualTo(rejected(Reason.NOT_CONFIGURED));
    }

    @Test
    void an_expired_key_is_refused_from_its_last_moment_on() {
        var end = clock.in(Duration.ofSeconds(10));
        ring.set(TestKeys.ring(TestKeys.key("app", List.of(), end, SECRET)));
        assertAdmitted(verify(request("n1")));

        clock.set(end);

        assertThat(verify(request("n2"))).isEqualTo(rejected(Reason.CREDENTIAL_EXPIRED));
    }

    @Test
    void a_key_is_usable_only_from_its_addresses() {
        var inside = List.of(Cidr.parse("192.0.2.0/25"), Cidr.parse("2001:db8::/32"));
        ring.set(TestKeys.ring(TestKeys.key("app", inside, Instant.MAX, SECRET)));

        assertAdmitted(verify(request("n1").from("192.0.2.127")));
        assertAdmitted(verify(request("n2").from("2001:db8::1")));
        assertThat(verify(request("n3").from("192.0.2.128"))).isEqualTo(rejected(Reason.ADDRESS_DENIED));
        assertAdmitted(verify(request("n3")));
    }

    @Test
    void a_ledger_that_cannot_say_makes_the_request_undecided_and_never_admitted() {
        var lost = FakeNonceLedger.afterCrash(clock.in(Duration.ofSeconds(5)));
        var failing = new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                throw new IdentityStateUnavailable("down", new IOException("down"));
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        };

        assertThat(verify(request("n"), lost)).isInstanceOf(IdentityOutcome.Unavailable.class);
        assertThat(verify(request("n"), failing)).isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void a_spent_nonce_is_kept_for_two_windows_and_a_minute() {
        var kept = new ArrayList<Instant>();
        var ledger = new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                kept.add(keepUntil);
                return new NonceClaim.Fresh();
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        };

        verify(request("n"), ledger);

        assertThat(kept).containsExactly(clock.in(Duration.ofSeconds(180)));
    }

    /** Dated 58 s ahead and sent again when the clock has passed that date: still within its own window. */
    @Test
    void a_request_dated_ahead_is_still_refused_when_its_time_has_come() {
        var ahead = SignedRequest.of("app", SECRET, clock.in(Duration.ofSeconds(58)), "n");
        assertAdmitted(verify(ahead));

        for (var second = 0; second < 117; second++) {
            clock.advance(Duration.ofSeconds(1));
            nonces.forget(clock.instant());
            assertThat(verify(ahead)).isEqualTo(rejected(Reason.REPLAYED));
        }
        clock.advance(Duration.ofSeconds(2));
        assertThat(verify(ahead)).isEqualTo(rejected(Reason.OUTSIDE_WINDOW));
    }

    @Test
    void under_a_base_path_the_path_without_it_and_the_full_path_are_both_good() {
        var mounted = new HmacSettings(Duration.ofSeconds(60), "/base");
        var stripped = request("n1").to("/base/zin/kv/get", "");
        var full = SignedRequest.of(
                "app", SECRET, Long.toString(clock.millis()), "n2", "/base/zin/kv/get", "", Bytes.utf8("{}"));
        var elsewhere = SignedRequest.of(
                "app", SECRET, Long.toString(clock.millis()), "n3", "/e/zin/kv/get", "", Bytes.utf8("{}"));

        assertAdmitted(mechanism(nonces, mounted).verify(stripped.fetch(), clock.instant()));
        assertAdmitted(mechanism(nonces, mounted).verify(full.fetch(), clock.instant()));
        assertThat(mechanism(nonces, mounted)
                        .verify(elsewhere.to("/basement/zin/kv/get", "").fetch(), clock.instant()))
                .isEqualTo(rejected(Reason.SIGNATURE_MISMATCH));
        assertThat(mechanism(nonces, mounted).verify(stripped.fetch(), clock.instant()))
                .isEqualTo(rejected(Reason.REPLAYED));
    }

    /** An unknown id is verified against a key of our own, on the same way; that key must not be one that opens anything. */
    @Test
    void nobody_gets_in_by_the_secret_that_stands_in_for_unknown_keys() {
        var request = SignedRequest.of("nobody", "no key of this id, but the same work", clock.instant(), "n");
        assertThat(HmacMechanism.NOBODY.secrets())
                .containsExactly(HmacSecret.of("no key of this id, but the same work"));

        assertThat(verify(request)).isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    private SignedRequest request(String nonce) {
        return SignedRequest.of("app", SECRET, clock.instant(), nonce);
    }

    private IdentityOutcome verify(SignedRequest request) {
        return verify(request, nonces);
    }

    private IdentityOutcome verify(SignedRequest request, NonceLedger ledger) {
        return mechanism(ledger, SETTINGS).verify(request.fetch(), clock.instant());
    }

    private HmacMechanism mechanism(NonceLedger ledger, HmacSettings settings) {
        return new HmacMechanism(ring::get, ledger, settings);
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }

    private static void assertAdmitted(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    private static String upper(String hex) {
        return hex.toUpperCase(java.util.Locale.ROOT);
    }
}
