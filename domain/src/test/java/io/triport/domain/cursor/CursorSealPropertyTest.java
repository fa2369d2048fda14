package io.triport.domain.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

final class CursorSealPropertyTest {
    private static final Bytes KEY = Bytes.copyOf(new byte[32]);

    private final SettableClock clock = SettableClock.anywhere();
    private final CursorSeal seal = new CursorSeal(KEY, clock);

    @Property
    void what_was_sealed_is_opened_for_the_same_listing(
            @ForAll String resource,
            @ForAll @Size(max = 512) byte[] arguments,
            @ForAll @Size(max = 512) byte[] position) {
        var scope = new CursorScope(StoragePort.KEY_VALUE, resource, Bytes.copyOf(arguments));

        var cursor = seal.seal(scope, Bytes.copyOf(position));

        assertThat(seal.open(scope, cursor)).isEqualTo(Bytes.copyOf(position));
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]{1,2048}");
        assertThat(new CursorSeal(KEY, clock).open(scope, cursor)).isEqualTo(Bytes.copyOf(position));
    }

    @Property
    void any_single_bit_changed_is_refused(@ForAll @Size(max = 64) byte[] position, @ForAll int where) {
        var scope = new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY);
        var whole = Base64.getUrlDecoder()
                .decode(seal.seal(scope, Bytes.copyOf(position)).text());
        var bit = Math.floorMod(where, whole.length * 8);

        whole[bit / 8] ^= (byte) (1 << bit % 8);

        assertBad(scope, new Cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(whole)));
    }

    @Property
    void a_cursor_opens_no_listing_of_other_parts(
            @ForAll @Size(max = 8) String one,
            @ForAll @Size(max = 8) String two,
            @ForAll @Size(max = 8) byte[] arguments) {
        var scope = new CursorScope(StoragePort.KEY_VALUE, one, Bytes.copyOf(arguments));
        var cursor = seal.seal(scope, Bytes.EMPTY);

        if (!one.equals(two)) {
            assertBad(new CursorScope(StoragePort.KEY_VALUE, two, scope.arguments()), cursor);
        }
        assertBad(new CursorScope(StoragePort.RESOURCES, one, scope.arguments()), cursor);
        assertBad(new CursorScope(StoragePort.KEY_VALUE, one, scope.arguments().concat(Bytes.utf8("x"))), cursor);
    }

    @Property
    void arbitrary_text_is_refused_as_a_cursor(@ForAll String text) {
        assertBad(new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY), new Cursor(text));
    }

    @Example
    void parts_do_not_run_into_each_other() {
        var cursor = seal.seal(new CursorScope(StoragePort.KEY_VALUE, "ab", Bytes.utf8("c")), Bytes.EMPTY);

        assertBad(new CursorScope(StoragePort.KEY_VALUE, "a", Bytes.utf8("bc")), cursor);
    }

    @Example
    void another_key_opens_nothing() {
        var scope = new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY);
        var other = new byte[32];
        other[31] = 1;

        var cursor = new CursorSeal(Bytes.copyOf(other), clock).seal(scope, Bytes.EMPTY);

        assertBad(scope, cursor);
        assertThatThrownBy(() -> new CursorSeal(Bytes.copyOf(new byte[31]), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void a_cursor_lives_for_24_hours() {
        var scope = new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY);
        var cursor = seal.seal(scope, Bytes.utf8("k"));

        clock.advance(Duration.ofHours(24));
        assertThat(seal.open(scope, cursor)).isEqualTo(Bytes.utf8("k"));
        clock.advance(Duration.ofNanos(1));

        assertBad(scope, cursor);
    }

    @Example
    void padding_blanks_and_other_spellings_of_the_same_bytes_are_refused() {
        var scope = new CursorScope(StoragePort.KEY_VALUE, "CACHE", Bytes.EMPTY);
        var text = seal.seal(scope, Bytes.utf8("kk")).text();

        assertBad(scope, new Cursor(text + "="));
        assertBad(scope, new Cursor(text + " "));
        assertBad(scope, new Cursor(text.substring(0, text.length() - 1)));
        assertThat(new Cursor(text)).hasToString("Cursor[" + text.length() + " characters]");
    }

    private void assertBad(CursorScope scope, Cursor cursor) {
        assertThatThrownBy(() -> seal.open(scope, cursor))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.BAD_CURSOR));
    }
}
