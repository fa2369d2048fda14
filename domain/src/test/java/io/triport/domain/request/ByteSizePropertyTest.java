package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class ByteSizePropertyTest {
    @Property
    void the_text_of_a_size_is_the_size(@ForAll @LongRange(max = 999_999_999_999_999L) long bytes) {
        var size = ByteSize.ofBytes(bytes);

        assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
    }

    @Property
    void sizes_are_ordered_by_their_bytes(
            @ForAll @LongRange(max = Long.MAX_VALUE) long one, @ForAll @LongRange(max = Long.MAX_VALUE) long other) {
        assertThat(Integer.signum(ByteSize.ofBytes(one).compareTo(ByteSize.ofBytes(other))))
                .isEqualTo(Integer.signum(Long.compare(one, other)));
    }

    @Property
    void arbitrary_text_is_a_size_or_invalid_input(@ForAll String text) {
        try {
            assertThat(ByteSize.parse(text).bytes()).isNotNegative();
        } catch (InvalidInput e) {
            assertThat(e.field()).isEqualTo("size");
        }
    }

    @Example
    void units_are_powers_of_1024() {
        assertThat(ByteSize.parse("512")).isEqualTo(ByteSize.ofBytes(512));
        assertThat(ByteSize.parse("512B")).isEqualTo(ByteSize.ofBytes(512));
        assertThat(ByteSize.parse("128KiB")).isEqualTo(ByteSize.ofKiB(128)).isEqualTo(ByteSize.ofBytes(131_072));
        assertThat(ByteSize.parse("25MiB")).isEqualTo(ByteSize.ofMiB(25)).isEqualTo(ByteSize.ofBytes(26_214_400));
        assertThat(ByteSize.parse("1GiB")).isEqualTo(ByteSize.ofMiB(1024));
        assertThat(ByteSize.parse("0")).isEqualTo(ByteSize.ZERO);
    }

    @Example
    void the_largest_unit_that_divides_is_shown() {
        assertThat(ByteSize.ofMiB(25)).hasToString("25MiB");
        assertThat(ByteSize.ofKiB(128)).hasToString("128KiB");
        assertThat(ByteSize.ofBytes(1025)).hasToString("1025");
        assertThat(ByteSize.ZERO).hasToString("0");
    }

    @Example
    void other_notations_and_too_large_numbers_are_refused() {
        for (var bad :
                List.of("", "-1", "1.5MiB", "1 MiB", "1MB", "1kib", "MiB", "999999999999999GiB", "1".repeat(16))) {
            assertThatThrownBy(() -> ByteSize.parse(bad)).as(bad).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> ByteSize.ofBytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
