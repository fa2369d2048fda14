package io.triport.storage.filesystem;

import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageFailure;
import io.triport.storage.object.ObjectBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being read. It stays readable when it is removed. */
final class FileSource implements ObjectBytes.Source {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final long NONE = -1;

    private final FileChannel channel;
    private final long size;
    private final Block block;
    private ByteBuffer loaded = ByteBuffer.allocate(0);
    private long number = NONE;
    private boolean closed;

    private FileSource(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
        this.block = Block.forReading((int) Math.min(size, Block.DATA));
    }

    /** @throws StorageFailure.Corrupt when the file has another length than it was written with */
    static FileSource open(Path file, long size) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        var length = channel.size();
        if (length != Block.fileLength(size)) {
            channel.close();
            throw new StorageFailure.Corrupt("object: its file has " + length + " bytes, for an object of " + size);
        }
        return new FileSource(channel, size);
    }

    @Override
    public ByteBuffer read(long offset, long most) {
        load(offset / Block.DATA);
        var within = (int) (offset % Block.DATA);
        return loaded.slice(within, (int) Math.min(most, loaded.limit() - within));
    }

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
