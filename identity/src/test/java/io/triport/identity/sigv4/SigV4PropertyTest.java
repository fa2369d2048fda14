package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

final class SigV4PropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SigV4Mechanism mechanism = TestKeys.s3();

    @Property
    void a_path_has_one_canonical_form_however_it_is_escaped(@ForAll("keys") String key) {
        var least = new StringBuilder("/b/");
        var most = new StringBuilder("/b/");
        for (var octet : key.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '/') {
                least.append('/');
                most.append('/');
            } else {
                WireText.encode(octet, least);
                most.append('%').append(java.util.HexFormat.of().toHexDigits(octet));
            }
        }

        assertThat(Normalisation.NONE.canonical(most.toString())).isEqualTo(least.toString());
        assertThat(Normalisation.NONE.canonical(least.toString())).isEqualTo(least.toString());
    }

    @Property
    void two_keys_never_have_one_canonical_form(@ForAll("keys") String one, @ForAll("keys") String other) {
        var same = canonical(one).equals(canonical(other));

        assertThat(same).isEqualTo(one.equals(other));
    }

    @Property
    void whatever_is_signed_is_accepted_and_no_longer_when_a_byte_changes(
            @ForAll("keys") String key, @ForAll("headers") String value, @ForAll("positions") int position) {
        var signed =
                Signer.S3.unsignedPayload(Signer.unsigned("PUT", canonical(key)).with("x-amz-meta-note", value));

        assertThat(mechanism.problem(signed.fetch(), NOW)).isEmpty();
        var target = new StringBuilder(signed.target());
        var at = 1 + position % (target.length() - 1);
        target.setCharAt(at, target.charAt(at) == 'x' ? 'y' : 'x');
        assertThat(mechanism.problem(signed.to(target.toString()).fetch(), NOW)).isPresent();
    }

    @Property(tries = 5_000)
    void no_header_ends_in_anything_but_an_outcome(
            @ForAll @StringLength(max = 200) String authorization, @ForAll("targets") String target) {
        var request = Signer.S3.unsignedPayload(Signer.unsigned("GET", "/b/k"));

        assertThat(mechanism.problem(
                        request.with("authorization", authorization).fetch(), NOW))
                .isPresent();
        assertThat(mechanism.problem(
                        request.with("authorization", "AWS4-HMAC-SHA256 " + authorization)
                                .fetch(),
                        NOW))
                .isPresent();
        assertThat(mechanism.problem(request.to("/b/k?x=" + target).fetch(), NOW))
                .isPresent();
        assertThat(mechanism.problem(
                        Signer.unsigned("GET", "/b/k?X-Amz-Signature=" + target).fetch(), NOW))
                .isPresent();
    }

    @Property
    void the_order_of_parameters_does_not_count(@ForAll("names") String one, @ForAll("names") String other) {
        var request = Signer.unsigned("GET", "/b?" + one + "=1&" + other + "=2");
        var signed = Signer.S3.unsignedPayload(request);

        assertThat(mechanism.problem(
                        signed.to("/b?" + other + "=2&" + one + "=1").fetch(), NOW))
                .isEmpty();
    }

    @Property
    void no_frame_ends_in_anything_but_a_refusal(@ForAll byte[] framed) {
        var signed = Signer.S3.sign(Signer.unsigned("PUT", "/b/k")
                .with("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .with("x-amz-decoded-content-length", "3"));
        var check = ((io.triport.domain.identity.IdentityOutcome.Authenticated) mechanism.verify(signed.fetch(), NOW))
                .body();

        var reading = Reading.of(check.checked(new Reading.Cut(Bytes.copyOf(framed), java.util.List.of())));

        assertThat(reading.failure).isInstanceOf(io.triport.domain.request.BodyRefused.class);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars("ab/.%+ ~_-=&?#!ü猫\t")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings().withCharRange('!', '~').excludeChars('#').ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 10_000);
    }

    private static String canonical(String key) {
        var target = new StringBuilder("/b/");
        for (var octet : key.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '/') {
                target.append('/');
            } else {
                WireText.encode(octet, target);
            }
        }
        return target.toString();
    }
}
