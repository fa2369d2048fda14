package io.triport.storage.filesystem;

import io.triport.domain.failure.StorageFailure;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/** A piece of a file with its check: up to 128 KiB of an object and behind them four bytes. For one thread. */
final class Block {
    /*
     * A file is its blocks, one after the other; all but the last are full. The check covers the block's number too, so that a
     * block at the place of another does not pass for it.
     */
    static final int DATA = 128 * 1024;
    static final int CHECK = Integer.BYTES;

    private final ByteBuffer buffer;
    private final ByteBuffer head = ByteBuffer.allocate(Long.BYTES);
    private final CRC32C crc = new CRC32C();

    private Block(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** The length of a file with so many bytes of an object. */
    static long fileLength(long size) {
        return size + (size + DATA - 1) / DATA * CHECK;
    }

    static long fileOffset(long number) {
        return number * (DATA + CHECK);
    }

    /** Begins anew. */
    void cleared() {
        buffer.clear().limit(DATA);
    }

    /** Takes what fits of the piece. */
    void fill(ByteBuffer piece) {
        var fitting = Math.min(buffer.remaining(), piece.remaining());
        buffer.put(piece.slice(piece.position(), fitting));
        piece.position(piece.position() + fitting);
    }

    boolean full() {
        return buffer.position() == DATA;
    }

    boolean empty() {
        return buffer.position() == 0;
    }

    /** What was filled in, with its check, ready to be written. */
    ByteBuffer sealed(long number) {
        var length = buffer.position();
        var check = check(number, length);
        return buffer.limit(length + CHECK).putInt(length, check).position(0);
    }

    /** For reading a block of so many bytes. */
    ByteBuffer expecting(int length) {
        return buffer.clear().limit(length + CHECK);
    }

    /** The bytes of the block that was read. @throws StorageFailure.Corrupt when they are not those that were written */
    ByteBuffer verified(long number) {
        var length = buffer.limit() - CHECK;
        if (buffer.hasRemaining() || buffer.getInt(length) != check(number, length)) {
            throw new StorageFailure.Corrupt("object: checksum differs in block " + number);
        }
        return buffer.asReadOnlyBuffer().position(0).limit(length);
    }

    private int check(long number, int length) {
        crc.reset();
        crc.update(head.putLong(0, number).clear());
        crc.update(buffer.slice(0, length));
        return (int) crc.getValue();
    }

    /**
     * Blocks that wait for another use: memory outside of the heap is slow to get, and goes to files and sockets without
     * another copy. The one that was used last comes first, for it may still be in the processor's caches. Safe for many threads.
     */
    static final class Pool {
        private static final int MOST_IDLE = 64;

        private final Deque<Block> idle = new ConcurrentLinkedDeque<>();
        private final AtomicInteger count = new AtomicInteger();

        Block take() {
            var block = idle.poll();
            if (block == null) {
                return new Block(ByteBuffer.allocateDirect(DATA + CHECK));
            }
            count.decrementAndGet();
            return block;
        }

        void giveBack(Block block) {
            if (count.incrementAndGet() <= MOST_IDLE) {
                idle.push(block);
            } else {
                count.decrementAndGet();
            }
        }
    }
}
