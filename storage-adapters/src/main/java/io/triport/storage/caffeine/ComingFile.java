package io.triport.storage.caffeine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being written. Closed before it is whole, it leaves nothing. For one thread. */
final class ComingFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final Path part;
    private final Path whole;
    private final BodyDisk disk;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BodyFile.BLOCK_BYTES);
    private final IntStream.Builder sums = IntStream.builder();
    private int length;
    private boolean finished;

    ComingFile(Path part, Path whole, BodyDisk disk) throws IOException {
        this.part = part;
        this.whole = whole;
        this.disk = disk;
        this.channel = disk.create(part);
    }

    void write(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            var count = Math.min(piece.remaining(), block.remaining());
            block.put(piece.slice(piece.position(), count));
            piece.position(piece.position() + count);
            if (!block.hasRemaining()) {
                writeBlock();
            }
        }
    }

    /** The whole file, under its lasting name. */
    BodyFile finish() throws IOException {
        if (block.position() > 0) {
            writeBlock();
        }
        channel.close();
        disk.move(part, whole);
        finished = true;
        return new BodyFile(whole, length, sums.build().toArray());
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("cached file={} not removed, which the next start does", part, e);
        }
    }

    private void writeBlock() throws IOException {
        block.flip();
        var sum = new CRC32C();
        sum.update(block.duplicate());
        sums.add((int) sum.getValue());
        length += block.remaining();
        disk.write(channel, block);
        block.clear();
    }
}
