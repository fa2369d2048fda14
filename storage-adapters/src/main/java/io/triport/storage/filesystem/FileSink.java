package io.triport.storage.filesystem;

import io.triport.domain.failure.StorageFailure;
import io.triport.storage.disk.NoSpace;
import io.triport.storage.object.ObjectBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being written. An fsync that fails is final for it: it is taken away, and the call fails. */
final class FileSink implements ObjectBytes.Sink {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final String name;
    private final Folders folders;
    private final Disk disk;
    private final Block.Pool blocks;
    private final Runnable whenGone;
    private final FileChannel channel;
    private final Block block;
    private long number;
    private boolean finished;
    private boolean closed;

    /** @param whenGone is told when the file was given up */
    FileSink(String name, Folders folders, Disk disk, Block.Pool blocks, Runnable whenGone) throws IOException {
        this.name = name;
        this.folders = folders;
        this.disk = disk;
        this.blocks = blocks;
        this.whenGone = whenGone;
        this.channel = disk.create(folders.unfinished(name));
        this.block = blocks.take();
        this.block.cleared();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            block.fill(piece);
            if (block.full()) {
                writeBlock();
            }
        }
    }

    @Override
    public void finish() {
        if (!block.empty()) {
            writeBlock();
        }
        try {
            // The move first: a journal that syncs the file then has its name too, and has nothing left to do for the
            // folder. A
            // file that is not whole after a crash has no row, and is collected.
            disk.move(folders.unfinished(name), folders.file(name));
            disk.force(channel);
            disk.forceFolder(folders.folder(name));
            finished = true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        blocks.giveBack(block);
        try {
            channel.close();
            if (!finished) {
                Files.deleteIfExists(folders.unfinished(name));
                Files.deleteIfExists(folders.file(name));
            }
        } catch (IOException e) {
            LOG.warn("file not removed, which is tried again name={}", name, e);
        } finally {
            if (!finished) {
                whenGone.run();
            }
        }
    }

    private void writeBlock() {
        try {
            disk.write(channel, block.sealed(number));
            number++;
            block.cleared();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static StorageFailure failed(IOException e) {
        return new StorageFailure.Unavailable(NoSpace.code(e), "object: not written", e);
    }
}
