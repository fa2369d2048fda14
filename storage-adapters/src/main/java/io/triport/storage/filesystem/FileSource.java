package io.triport.storage.filesystem;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.object.ObjectBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being read. It stays readable when it is removed. */
final class FileSource implements ObjectBytes.Source {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final long NONE = -1;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FileChannel channel;
    private final long size;
    private final Block.Pool blocks;
    private @Nullable Block block;
    private ByteBuffer loaded = NOTHING;
    private long number = NONE;
    private boolean closed;

    private FileSource(FileChannel channel, long size, Block.Pool blocks) {
        this.channel = channel;
        this.size = size;
        this.blocks = blocks;
    }

    /** @throws StorageFailure.Corrupt when the file has another length than it was written with */
    static FileSource open(Path file, long size, Block.Pool blocks) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        var length = channel.size();
        if (length != Block.fileLength(size)) {
            channel.close();
            throw new StorageFailure.Corrupt("object: its file has " + length + " bytes, for an object of " + size);
        }
        return new FileSource(channel, size, blocks);
    }

    @Override
    public ByteBuffer read(long offset, long most) {
        load(offset / Block.DATA);
        var within = (int) (offset % Block.DATA);
        return loaded.slice(within, (int) Math.min(most, loaded.limit() - within));
    }

    @Override
    public void done() {
        if (block != null) {
            blocks.giveBack(block);
            block = null;
        }
        loaded = NOTHING;
        number = NONE;
    }

    /** A block that somebody may still hold is left to the garbage collector: another's bytes must not come into it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("file not closed", e);
        }
    }

    private void load(long wanted) {
        if (wanted == number) {
            return;
        }
        number = NONE;
        if (block == null) {
            block = blocks.take();
        }
        var target = block.expecting((int) Math.min(Block.DATA, size - wanted * Block.DATA));
        try {
            var from = Block.fileOffset(wanted);
            while (target.hasRemaining()) {
                var count = channel.read(target, from + target.position());
                if (count < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: not read", e);
        }
        loaded = block.verified(wanted);
        number = wanted;
    }
}
