package io.triport.storage.noncelog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the operating system. */
final class DiskFile implements LogFile {
    // Not a FileChannel: that closes itself when the thread of one request is interrupted, and with it the log for all.
    private final RandomAccessFile file;
    private final Path path;

    private DiskFile(RandomAccessFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    static LogFile open(Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        file.seek(file.length());
        return new DiskFile(file, path);
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        file.write(bytes);
    }

    @Override
    public void truncate(long length) throws IOException {
        file.setLength(length);
        file.seek(length);
    }

    @Override
    public byte[] content() throws IOException {
        return Files.readAllBytes(path);
    }

    @Override
    public void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
