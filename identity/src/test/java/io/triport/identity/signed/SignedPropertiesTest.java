package io.triport.identity.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Bytes;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class SignedPropertiesTest {
    private static final SettableClock CLOCK = SettableClock.anywhere();

    @Property
    void whatever_is_signed_is_verified(
            @ForAll("signers") String signer, @ForAll("targets") String target, @ForAll @Size(max = 64) byte[] body) {
        assertThat(verify(request(signer, target, Bytes.copyOf(body))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Property(tries = 3000)
    void one_changed_bit_in_any_part_is_refused(
            @ForAll("signers") String signer,
            @ForAll("targets") String target,
            @ForAll @Size(min = 1, max = 64) byte[] body,
            @ForAll @IntRange(max = 11) int part,
            @ForAll @IntRange(max = 100_000) int bit) {
        var request = request(signer, target, Bytes.copyOf(body));
        var changed = change(request, part, bit);

        if (!changed.equals(request)) {
            assertThat(verify(changed)).isInstanceOf(IdentityOutcome.Rejected.class);
        }
    }

    @Property
    void no_text_in_a_header_ends_in_anything_but_an_outcome(
            @ForAll("signers") String signer,
            @ForAll @IntRange(max = 4) int index,
            @ForAll @StringLength(max = 200) String text) {
        var request = request(signer, "/a", Bytes.utf8("x"));
        var names = request.headers().keySet().stream().sorted().toList();

        assertThat(verify(request.with(names.get(index % names.size()), text))).isNotNull();
    }

    @Property
    void no_list_of_components_ends_in_anything_but_an_outcome(@ForAll("inputs") String input) {
        var request = request("ed", "/a", Bytes.utf8("x")).with("signature-input", "sig=" + input);

        assertThat(verify(request)).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    private static TestRequest change(TestRequest request, int part, int bit) {
        var names = request.headers().keySet().stream().sorted().toList();
        return switch (part) {
            case 0 -> request.by(method(request.method(), bit));
            case 1 -> request.to("/" + flip(request.path().substring(1), bit) + request.search());
            case 2 -> request.to(request.path() + "?" + flip(request.search().replaceFirst("\\?", ""), bit));
            case 3 -> request.saying(Bytes.copyOf(flip(request.body().toByteArray(), bit)));
            default -> request.changing(names.get(part % names.size()), text -> flip(text, bit));
        };
    }

    private static String method(String method, int bit) {
        var letters = method.toCharArray();
        letters[bit % letters.length] ^= (char) (1 << (bit % 2));
        return new String(letters);
    }

    private static String flip(String text, int bit) {
        return text.isEmpty()
                ? "x"
                : new String(flip(text.getBytes(StandardCharsets.ISO_8859_1), bit), StandardCharsets.ISO_8859_1)
                        .replace('?', '!')
                        .replace('#', '!');
    }

    private static byte[] flip(byte[] bytes, int bit) {
        var changed = bytes.clone();
        changed[bit / 8 % changed.length] ^= (byte) (1 << bit % 8);
        return changed;
    }

    @Provide
    Arbitrary<String> signers() {
        return Arbitraries.of(List.of("headers", "shared", "ed", "ec"));
    }

    @Provide
    Arbitrary<String> targets() {
        var text = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("/%-._~&=0123456789")
                .ofMaxLength(30);
        return text.flatMap(path -> text.map(query -> "/" + path + "?" + query));
    }

    @Provide
    Arbitrary<String> inputs() {
        return Arbitraries.of(
                        "(",
                        ")",
                        "\"@method\"",
                        "\"@path\"",
                        "\"@query\"",
                        "\"content-digest\"",
                        " ",
                        ";created=1767225600",
                        ";keyid=\"ed\"",
                        ";nonce=\"0123456789abcdef\"",
                        ";alg=\"ed25519\"",
                        ";bs",
                        "=",
                        "?1",
                        ":AA==:")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static TestRequest request(String signer, String target, Bytes body) {
        return signer.equals("headers")
                ? TestSigners.inHeaders(CLOCK, target, body)
                : TestSigners.inMessage(signer, CLOCK, target, Map.of("host", "api.example"), body);
    }

    private static IdentityOutcome verify(TestRequest request) {
        var settings = SignedSettings.of(TestSigners.KEYS);
        return new SignedRequestMechanism(
                        new MechanismName("signed"),
                        settings,
                        FakeNonceLedger.empty(),
                        new FakeRevocationList(new SettableTicker()))
                .verify(request.fetch(), CLOCK.instant());
    }
}
