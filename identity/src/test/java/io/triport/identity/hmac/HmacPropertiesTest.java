package io.triport.identity.hmac;

import static io.triport.identity.hmac.SignedRequest.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.Bytes;
import io.triport.testkit.FakeNonceLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class HmacPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> SIGNED =
            List.of("method", "path", "search", "timestamp", "nonce", "body", "hash");

    /** A request and one of its parts with one bit changed. */
    record Mutation(SignedRequest before, SignedRequest after) {}

    @Property(tries = 10_000)
    void one_changed_bit_in_any_part_is_refused(@ForAll("mutations") Mutation mutation) {
        assertThat(verify(mutation.after())).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(verify(mutation.before())).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Property
    void whatever_is_signed_is_verified(
            @ForAll("paths") String path,
            @ForAll("searches") String search,
            @ForAll("nonces") String nonce,
            @ForAll byte[] body) {
        var timestamp = Long.toString(NOW.toEpochMilli());

        var request = SignedRequest.of("app", SECRET, timestamp, nonce, path, search, Bytes.copyOf(body));

        assertThat(verify(request)).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Property
    void no_text_in_a_header_ends_in_anything_but_an_outcome(
            @ForAll("headerNames") String header, @ForAll @StringLength(max = 300) String text) {
        var request = SignedRequest.of("app", SECRET, NOW, "n").with(header, text);

        assertThat(verify(request)).isNotNull();
    }

    /** A nonce with half a surrogate pair, which UTF-8 cannot carry, is signed and spent as the same bytes. */
    @Property
    void a_nonce_of_any_characters_is_spent_once(@ForAll @StringLength(min = 1, max = 40) String nonce) {
        var ledger = FakeNonceLedger.empty();
        var mechanism = mechanism(ledger);
        var request = SignedRequest.of("app", SECRET, NOW, "n" + nonce).fetch();

        assertThat(mechanism.verify(request, NOW)).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(mechanism.verify(request, NOW)).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void the_canonical_text_is_six_parts_joined_by_line_feeds(
            @ForAll("nonces") String nonce, @ForAll("paths") String path) {
        var request = new CanonicalRequest("post", path, "?a=1", "1767225600000", nonce, "00");

        assertThat(request.text()).isEqualTo("POST\n" + path + "\n?a=1\n1767225600000\n" + nonce + "\n00");
    }

    @Property
    void the_window_is_the_distance_in_milliseconds(@ForAll @IntRange(min = -120_000, max = 120_000) int millis) {
        var outcome = verify(SignedRequest.of("app", SECRET, NOW.plusMillis(millis), "n"));

        assertThat(outcome instanceof IdentityOutcome.Authenticated).isEqualTo(Math.abs(millis) <= 60_000);
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Combinators.combine(
                        Arbitraries.of(SIGNED),
                        Arbitraries.integers().between(0, 100_000),
                        paths(),
                        searches(),
                        nonces(),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(64))
                .as((part, bit, path, search, nonce, body) -> {
                    var timestamp = Long.toString(NOW.toEpochMilli());
                    var signed = SignedRequest.of("app", SECRET, timestamp, nonce, path, search, Bytes.copyOf(body));
                    return new Mutation(signed, mutate(signed, part, bit));
                })
                .filter(mutation -> !mutation.after().equals(mutation.before()));
    }

    private static SignedRequest mutate(SignedRequest request, String part, int bit) {
        return switch (part) {
            case "method" -> request.by(flipLetter(request.method(), bit));
            case "path" -> request.to("/" + flip(request.path().substring(1), bit), request.search());
            case "search" ->
                request.to(request.path(), "?" + flip(request.search().substring(1), bit));
            case "timestamp" ->
                request.with(SigningHeaders.TIMESTAMP, flip(request.header(SigningHeaders.TIMESTAMP), bit));
            case "nonce" -> request.with(SigningHeaders.NONCE, flip(request.header(SigningHeaders.NONCE), bit));
            case "body" -> request.saying(flip(request.body(), bit));
            default ->
                bit % 2 == 0
                        ? request.with(
                                SigningHeaders.BODY_SHA256, flip(request.header(SigningHeaders.BODY_SHA256), bit / 2))
                        : request.with(
                                SigningHeaders.SIGNATURE, flip(request.header(SigningHeaders.SIGNATURE), bit / 2));
        };
    }

    private static String flip(String text, int bit) {
        return text.isEmpty()
                ? "x"
                : new String(
                                flip(Bytes.utf8(text), bit % (text.length() * 8))
                                        .toByteArray(),
                                StandardCharsets.ISO_8859_1)
                        .replace('?', '!')
                        .replace('#', '!');
    }

    /** The method is upper-cased before it is signed, so the bit that makes a letter small is no change. */
    private static String flipLetter(String method, int bit) {
        var letters = method.toCharArray();
        letters[bit % letters.length] ^= (char) (1 << (bit % 2));
        return new String(letters);
    }

    private static Bytes flip(Bytes bytes, int bit) {
        var changed = bytes.toByteArray();
        changed[bit / 8 % changed.length] ^= (byte) (1 << bit % 8);
        return Bytes.copyOf(changed);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("/%-._~:@0123456789")
                .ofMaxLength(40)
                .map(text -> "/" + text);
    }

    @Provide
    Arbitrary<String> searches() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("&=%?/0123456789")
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(text -> "?" + text);
    }

    @Provide
    Arbitrary<String> nonces() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(64);
    }

    @Provide
    Arbitrary<String> headerNames() {
        return Arbitraries.of(SigningHeaders.ALL);
    }

    private static IdentityOutcome verify(SignedRequest request) {
        return mechanism(FakeNonceLedger.empty()).verify(request.fetch(), NOW);
    }

    private static HmacMechanism mechanism(FakeNonceLedger nonces) {
        var ring = TestKeys.ring(TestKeys.key("app", SECRET));
        return new HmacMechanism(() -> ring, nonces, new HmacSettings(Duration.ofSeconds(60), ""));
    }
}
