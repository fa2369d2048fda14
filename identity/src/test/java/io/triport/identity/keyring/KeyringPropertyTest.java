package io.triport.identity.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class KeyringPropertyTest {
    private static final SealKey SEAL = TestKeyrings.secret(1).seal(new Purpose("test"));
    private static final MacKey MAC = TestKeyrings.secret(1).mac(new Purpose("test"));
    private static final Randomness RANDOMNESS = Randomness.system();

    @Property
    void what_was_sealed_opens_again(@ForAll @Size(max = 300) byte[] plain, @ForAll String about) {
        var sealed = SEAL.seal(Bytes.copyOf(plain), about, RANDOMNESS);

        assertThat(SEAL.open(sealed, about)).contains(Bytes.copyOf(plain));
    }

    @Property
    void a_changed_bit_does_not_open(@ForAll @Size(max = 100) byte[] plain, @ForAll @IntRange(max = 4000) int bit) {
        var sealed = SEAL.seal(Bytes.copyOf(plain), "about", RANDOMNESS).toByteArray();
        sealed[bit / 8 % sealed.length] ^= (byte) (1 << bit % 8);

        assertThat(SEAL.open(Bytes.copyOf(sealed), "about")).isEmpty();
    }

    @Property
    void what_was_never_sealed_does_not_open(@ForAll @Size(max = 100) byte[] sealed) {
        assertThat(SEAL.open(Bytes.copyOf(sealed), "about")).isEmpty();
    }

    @Property
    void a_signature_with_a_changed_bit_is_none(@ForAll String message, @ForAll @IntRange(max = 255) int bit) {
        var signature = MAC.sign(message);
        assertThat(MAC.signed(message, signature)).isTrue();

        signature[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(MAC.signed(message, signature)).isFalse();
    }

    @Property
    void bytes_come_back_from_their_text(@ForAll @Size(max = 100) byte[] bytes) {
        assertThat(Base64Url.decode(Base64Url.encode(bytes)))
                .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
    }

    @Property
    void a_text_that_is_read_is_the_one_that_is_written(@ForAll String text) {
        Base64Url.decode(text)
                .ifPresent(decoded -> assertThat(Base64Url.encode(decoded)).isEqualTo(text));
    }

    @Property
    void a_text_with_a_changed_bit_is_other_bytes_or_none(
            @ForAll @Size(min = 1, max = 50) byte[] bytes, @ForAll @IntRange(max = 1000) int bit) {
        var text = Base64Url.encode(bytes).getBytes(StandardCharsets.ISO_8859_1);
        text[bit / 8 % text.length] ^= (byte) (1 << bit % 8);

        assertThat(Base64Url.decode(new String(text, StandardCharsets.ISO_8859_1))
                        .map(Bytes::copyOf))
                .isNotEqualTo(Optional.of(Bytes.copyOf(bytes)));
    }
}
