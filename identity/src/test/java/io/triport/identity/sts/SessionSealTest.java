package io.triport.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.testkit.SeededRandomness;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SessionSealTest {
    private final SessionSeal seal = new SessionSeal(TestRing.ring(TestRing.FIRST), new SeededRandomness(7));

    @Test
    void a_session_opens_as_it_was_sealed() {
        var session = TestRing.session(TestRing.READ);

        var opened = seal.open(seal.close(session).orElseThrow()).orElseThrow();

        assertThat(opened.id()).isEqualTo(session.id());
        assertThat(opened.secret()).isEqualTo(session.secret());
        assertThat(opened.subject()).isEqualTo(session.subject());
        assertThat(opened.issuedAt()).isEqualTo(session.issuedAt());
        assertThat(opened.expiresAt()).isEqualTo(session.expiresAt());
        assertThat(opened.permissions()).isEqualTo(TestRing.READ);
    }

    @Test
    void a_token_names_the_key_by_its_hash_and_shows_nothing_else() {
        var token = seal.close(TestRing.session(TestRing.READ)).orElseThrow();

        assertThat(token).matches("v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]+").doesNotContain("alice");
        assertThat(TestRing.ring(TestRing.FIRST).toString()).doesNotContain(TestRing.FIRST);
    }

    @Test
    void a_hundred_thousand_changed_bits_open_nothing() {
        var token = seal.close(TestRing.session(TestRing.READ)).orElseThrow().getBytes(StandardCharsets.ISO_8859_1);
        var random = new Random(42);
        var accepted = 0;

        for (var i = 0; i < 100_000; i++) {
            var changed = token.clone();
            changed[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
            accepted +=
                    seal.open(new String(changed, StandardCharsets.ISO_8859_1)).isPresent() ? 1 : 0;
        }

        assertThat(accepted).isZero();
    }

    @Test
    void every_single_bit_counts_and_every_character() {
        var token = seal.close(TestRing.session(TestRing.READ)).orElseThrow();

        for (var i = 0; i < token.length(); i++) {
            for (var bit = 0; bit < 8; bit++) {
                var changed = token.substring(0, i) + (char) (token.charAt(i) ^ 1 << bit) + token.substring(i + 1);
                assertThat(seal.open(changed)).as("bit %d of %d", bit, i).isEmpty();
            }
            assertThat(seal.open(token.substring(0, i))).isEmpty();
        }
        assertThat(seal.open(token + "A")).isEmpty();
        assertThat(seal.open(token + "=")).isEmpty();
    }

    @Test
    void keys_are_replaced_without_ending_sessions() {
        var old = seal.close(TestRing.session(TestRing.READ)).orElseThrow();
        var rotated = new SessionSeal(TestRing.ring(TestRing.SECOND, TestRing.FIRST), new SeededRandomness(8));
        var without = new SessionSeal(TestRing.ring(TestRing.SECOND), new SeededRandomness(9));

        assertThat(rotated.open(old)).isPresent();
        assertThat(without.open(old)).isEmpty();
        assertThat(without.open(rotated.close(TestRing.session(TestRing.READ)).orElseThrow()))
                .isPresent();
    }

    @Test
    void a_token_of_one_key_does_not_open_under_the_name_of_another() {
        var token = seal.close(TestRing.session(TestRing.READ)).orElseThrow();
        var other = TestRing.ring(TestRing.SECOND).keys().getFirst().kid();
        var both = new SessionSeal(TestRing.ring(TestRing.SECOND, TestRing.FIRST), new SeededRandomness(8));

        assertThat(both.open("v1." + other + token.substring(token.lastIndexOf('.'))))
                .isEmpty();
    }

    @Test
    void a_session_that_says_too_much_is_not_sealed() {
        assertThat(seal.close(TestRing.session(TestRing.many(20)))).isPresent();
        assertThat(seal.close(TestRing.session(TestRing.many(200)))).isEmpty();
        assertThat(seal.open("v1." + "a".repeat(SessionSeal.MOST_CHARACTERS))).isEmpty();
    }

    @Test
    void what_a_session_permits_is_what_it_permitted() {
        var opened = seal.open(seal.close(TestRing.session(TestRing.READ)).orElseThrow())
                .orElseThrow()
                .permissions();

        assertThat(opened.permits(Action.OBJECT_GET, new ResourceName("data-1", Bytes.utf8("alice/x"))))
                .isTrue();
        assertThat(opened.permits(Action.OBJECT_GET, new ResourceName("data-1", Bytes.utf8("alicex"))))
                .isFalse();
        assertThat(opened.permits(Action.OBJECT_PUT, new ResourceName("data-1", Bytes.utf8("alice/x"))))
                .isFalse();
        assertThat(opened.permits(Action.OBJECT_GET, new ResourceName("date-1", Bytes.utf8("alice/x"))))
                .isFalse();
    }

    @Test
    void a_key_has_32_bytes() {
        assertThatThrownBy(() -> SessionKeys.parse("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> SessionKeys.parse("c2hvcnQ=")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> SessionKeys.parse(TestRing.FIRST + "," + TestRing.FIRST))
                .isInstanceOf(InvalidInput.class);
    }
}
