package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class BytesPropertyTest {
    @Property
    void what_goes_in_comes_out(@ForAll byte[] array) throws Exception {
        var bytes = Bytes.copyOf(array);

        assertThat(bytes.toByteArray()).isEqualTo(array);
        assertThat(bytes.size()).isEqualTo(array.length);
        assertThat(bytes.isEmpty()).isEqualTo(array.length == 0);
        assertThat(Bytes.from(bytes.toByteBuffer())).isEqualTo(bytes);
        assertThat(bytes.toInputStream().readAllBytes()).isEqualTo(array);
        assertThat(Bytes.parseHex(bytes.toHex())).isEqualTo(bytes).hasSameHashCodeAs(bytes);
    }

    @Property
    void text_without_lone_surrogates_comes_back_and_other_text_is_refused(@ForAll String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            assertThat(Bytes.utf8(text).toUtf8()).isEqualTo(text);
            assertThat(Bytes.utf8(text).toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        } else {
            assertThatThrownBy(() -> Bytes.utf8(text)).isInstanceOf(InvalidInput.class);
        }
    }

    @Property
    void arbitrary_bytes_are_text_or_invalid_input(@ForAll byte[] array) {
        try {
            assertThat(Bytes.copyOf(array).toUtf8().getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(array);
        } catch (InvalidInput e) {
            assertThat(e.field()).isEqualTo("text");
        }
    }

    @Property
    void the_order_is_that_of_unsigned_bytes(@ForAll byte[] one, @ForAll byte[] other) {
        var expected = 0;
        for (var i = 0; expected == 0 && i < Math.min(one.length, other.length); i++) {
            expected = Integer.compare(one[i] & 0xFF, other[i] & 0xFF);
        }
        expected = expected == 0 ? Integer.compare(one.length, other.length) : expected;

        assertThat(Integer.signum(Bytes.copyOf(one).compareTo(Bytes.copyOf(other))))
                .isEqualTo(expected);
        assertThat(Bytes.copyOf(one).equals(Bytes.copyOf(other))).isEqualTo(expected == 0);
    }

    @Property
    void a_part_begins_what_it_was_cut_from(
            @ForAll @Size(max = 50) byte[] array,
            @ForAll @IntRange(max = 50) int a,
            @ForAll @IntRange(max = 50) int b) {
        var bytes = Bytes.copyOf(array);
        var from = Math.min(Math.min(a, b), array.length);
        var to = Math.min(Math.max(a, b), array.length);

        assertThat(bytes.startsWith(bytes.slice(0, to))).isTrue();
        assertThat(bytes.slice(0, from).concat(bytes.slice(from, to)).concat(bytes.slice(to, array.length)))
                .isEqualTo(bytes);
        assertThat(bytes.slice(from, to).size()).isEqualTo(to - from);
    }

    @Property
    void a_longer_or_altered_beginning_is_none(@ForAll @Size(min = 1, max = 50) byte[] array, @ForAll int where) {
        var bytes = Bytes.copyOf(array);
        var altered = array.clone();
        altered[Math.floorMod(where, array.length)] ^= 1;

        assertThat(bytes.startsWith(bytes.concat(Bytes.copyOf(new byte[1])))).isFalse();
        assertThat(bytes.startsWith(Bytes.copyOf(altered))).isFalse();
    }

    @Example
    void its_array_never_leaves() {
        var array = new byte[] {1, 2, 3};
        var bytes = Bytes.copyOf(array);

        array[0] = 9;
        bytes.toByteArray()[1] = 9;

        assertThat(bytes.toHex()).isEqualTo("010203");
        assertThat(bytes.toByteBuffer().isReadOnly()).isTrue();
        assertThat(bytes.at(2)).isEqualTo((byte) 3);
        assertThatThrownBy(() -> bytes.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bytes.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Example
    void a_buffer_is_copied_from_its_position_and_left_where_it_was() {
        var buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

        assertThat(Bytes.from(buffer).toHex()).isEqualTo("0203");
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Example
    void pieces_are_joined_in_their_order() {
        assertThat(Bytes.joined(List.of())).isEqualTo(Bytes.EMPTY);
        assertThat(Bytes.joined(List.of(Bytes.parseHex("01"), Bytes.EMPTY, Bytes.parseHex("0203")))
                        .toHex())
                .isEqualTo("010203");
    }

    @Example
    void its_text_is_its_length_alone() {
        assertThat(Bytes.utf8("geheim")).hasToString("Bytes[6]");
        assertThatThrownBy(() -> Bytes.parseHex("0")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Bytes.parseHex("zz")).isInstanceOf(InvalidInput.class);
    }
}
