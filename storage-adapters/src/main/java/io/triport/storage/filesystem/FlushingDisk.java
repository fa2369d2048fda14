package io.triport.storage.filesystem;

import io.triport.domain.object.Backend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk that is told to keep what was written more often than at the end of a write, or never. */
record FlushingDisk(Disk disk, Backend.Flush flush) implements Disk {
    static Disk of(Disk disk, Backend.Flush flush) {
        return flush == Backend.Flush.COMMIT ? disk : new FlushingDisk(disk, flush);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return disk.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        disk.write(channel, bytes);
        if (flush == Backend.Flush.ALWAYS) {
            disk.force(channel);
        }
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        if (flush != Backend.Flush.NEVER) {
            disk.force(channel);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (flush != Backend.Flush.NEVER) {
            disk.forceFolder(folder);
        }
    }

    @Override
    public void beforeCommit() {
        disk.beforeCommit();
    }

    @Override
    public void beforeRemove() {
        disk.beforeRemove();
    }
}
