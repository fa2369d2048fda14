package io.triport.storage.noncelog;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class LogRecordTest {
    @Property
    void a_record_is_read_as_it_was_written(@ForAll long high, @ForAll long low, @ForAll long until) {
        var record = new LogRecord(new Mark(high, low), until);

        assertThat(LogRecord.read(record.toByteArray(), 0)).contains(record);
    }

    @Property
    void no_changed_bit_goes_unseen(
            @ForAll long high,
            @ForAll long low,
            @ForAll long until,
            @ForAll @IntRange(max = LogRecord.BYTES * Byte.SIZE - 1) int bit) {
        var bytes = new LogRecord(new Mark(high, low), until).toByteArray();

        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

        assertThat(LogRecord.read(bytes, 0)).isEmpty();
    }
}
