package io.triport.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class BlockPropertyTest {
    private final Block.Pool pool = new Block.Pool();

    @Property(tries = 200)
    void what_was_sealed_is_read_back(
            @ForAll @Size(min = 1, max = 2_000) byte[] data, @ForAll @IntRange(max = 99) int number) {
        assertThat(Bytes.from(read(sealed(data, number), number))).isEqualTo(Bytes.copyOf(data));
    }

    @Property(tries = 500)
    void any_bit_that_changes_is_noticed(
            @ForAll @Size(min = 1, max = 200) byte[] data, @ForAll @IntRange(max = 1_000_000) int bit) {
        var sealed = sealed(data, 3);
        var at = bit / 8 % sealed.length;
        sealed[at] = (byte) (sealed[at] ^ (1 << (bit % 8)));

        assertThatThrownBy(() -> read(sealed, 3)).isInstanceOf(StorageFailure.Corrupt.class);
    }

    @Property(tries = 100)
    void a_block_at_the_place_of_another_is_noticed(
            @ForAll @Size(min = 1, max = 200) byte[] data,
            @ForAll @IntRange(max = 99) int number,
            @ForAll @IntRange(min = 100, max = 200) int place) {
        assertThatThrownBy(() -> read(sealed(data, number), place)).isInstanceOf(StorageFailure.Corrupt.class);
    }

    @Property(tries = 200)
    void a_file_is_as_long_as_its_blocks(@ForAll @IntRange(max = 1_000_000) int size) {
        var blocks = (size + Block.DATA - 1) / Block.DATA;

        assertThat(Block.fileLength(size)).isEqualTo(size + (long) blocks * Block.CHECK);
    }

    private byte[] sealed(byte[] data, int number) {
        var block = pool.take();
        block.cleared();
        block.fill(ByteBuffer.wrap(data));
        var sealed = Bytes.from(block.sealed(number)).toByteArray();
        pool.giveBack(block);
        return sealed;
    }

    private static ByteBuffer read(byte[] sealed, int number) {
        var block = new Block.Pool().take();
        block.expecting(sealed.length - Block.CHECK).put(sealed);
        return block.verified(number);
    }
}
