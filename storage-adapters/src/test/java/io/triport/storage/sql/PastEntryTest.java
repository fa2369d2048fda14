package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How the log of earlier states is written down. */
final class PastEntryTest {
    private static final int TRIES = 200;

    @Property(tries = TRIES)
    void an_entry_is_read_as_it_was_written_and_not_when_a_bit_is_another(
            @ForAll long number, @ForAll long salt, @ForAll int other, @ForAll boolean truth, @ForAll int bit) {
        var position = new PastPosition(number, salt, other);
        var page = new PastEntry.Page(other, PastEntry.Coding.SMALLER, ByteBuffer.wrap(new byte[] {1, 2, 3}));

        for (var entry : List.of(
                new PastEntry.Head(other, other, position),
                new PastEntry.Change(other, truth, !truth, position),
                page)) {
            assertThat(PastEntry.read(entry.written())).isEqualTo(entry);
            var written = entry.written();
            var at = Math.floorMod(bit, written.limit() * Byte.SIZE);
            written.put(at / Byte.SIZE, (byte) (written.get(at / Byte.SIZE) ^ 1 << at % Byte.SIZE));
            assertThat(PastEntry.read(written)).isNull();
        }
    }

    @Property(tries = TRIES)
    void a_page_is_made_large_again_with_the_page_before_and_with_no_other(
            @ForAll long seed,
            @ForAll @IntRange(max = WalFile.PAGE_BYTES) int changed,
            @ForAll @IntRange(min = 1, max = 3) int number) {
        var random = new Random(seed);
        var before = new byte[WalFile.PAGE_BYTES];
        random.nextBytes(before);
        var page = before.clone();
        for (var i = 0; i < changed; i++) {
            page[random.nextInt(page.length)]++;
        }
        try (var pages = new PastPages()) {
            var with = pages.page(number, page, before);
            var without = pages.page(number, page, null);

            assertThat(pages.bytes(with, before)).isEqualTo(ByteBuffer.wrap(page));
            assertThat(pages.bytes(without, new byte[WalFile.PAGE_BYTES])).isEqualTo(ByteBuffer.wrap(page));
            if (with.coding() == PastEntry.Coding.CHANGED) {
                before[1000]++;
                assertThat(pages.bytes(with, before)).isNull();
            }
            if (changed == 0) {
                assertThat(with.bytes().remaining()).isLessThan(100);
            }
        }
    }
}
