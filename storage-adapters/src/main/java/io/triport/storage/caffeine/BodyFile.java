package io.triport.storage.caffeine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body in a file of its own, of which the sums of its blocks are known. Safe for many threads. */
final class BodyFile {
    /** What is read and checked at once. */
    static final int BLOCK_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    /** Of a path, its text and what names them, which nobody counts exactly. */
    private static final int OWN_BYTES = 400;

    private final Path path;
    private final int length;
    private final int[] sums;

    BodyFile(Path path, int length, int[] sums) {
        this.path = path;
        this.length = length;
        this.sums = sums;
    }

    int length() {
        return length;
    }

    /** In memory. */
    int weight() {
        return OWN_BYTES + sums.length * Integer.BYTES;
    }

    String name() {
        return path.getFileName().toString();
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    /** @throws IOException when it has another length than it was written with */
    void requireLength(FileChannel channel) throws IOException {
        var size = channel.size();
        if (size != length) {
            throw new IOException(path + ": " + size + " bytes (expected: " + length + ")");
        }
    }

    /** Reads a block into the buffer. @throws IOException also when it is not as it was written */
    void read(FileChannel channel, int number, ByteBuffer block) throws IOException {
        var from = (long) number * BLOCK_BYTES;
        block.clear().limit((int) Math.min(BLOCK_BYTES, length - from));
        while (block.hasRemaining()) {
            if (channel.read(block, from + block.position()) < 0) {
                throw new IOException(path + ": ends within block " + number);
            }
        }
        var sum = new CRC32C();
        sum.update(block.flip().duplicate());
        if ((int) sum.getValue() != sums[number]) {
            throw new IOException(path + ": block " + number + " was changed");
        }
    }

    /** Who reads it already reads it to its end. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("cached file={} not removed, which the next start does", path, e);
        }
    }
}
