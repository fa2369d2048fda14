package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class KeyRangeTest {
    @Property
    void it_holds_the_keys_with_the_prefix_that_are_greater_than_the_other_key(
            @ForAll("strings") byte[] prefix, @ForAll("strings") byte[] after, @ForAll("strings") byte[] candidate) {
        var key = Bytes.copyOf(candidate);
        var range = KeyRange.of(Bytes.copyOf(prefix), Bytes.copyOf(after));

        var within = key.compareTo(range.from()) >= 0 && key.compareTo(range.to()) < 0;

        var wanted =
                key.startsWith(Bytes.copyOf(prefix)) && (after.length == 0 || key.compareTo(Bytes.copyOf(after)) > 0);
        assertThat(within).isEqualTo(wanted);
    }

    /** Few different bytes, with those at the ends, so that prefixes and neighbours occur often. */
    @Provide
    Arbitrary<byte[]> strings() {
        return Arbitraries.of((byte) 0, (byte) 1, (byte) 0x61, (byte) 0xFE, (byte) 0xFF)
                .array(byte[].class)
                .ofMinSize(0)
                .ofMaxSize(4);
    }
}
