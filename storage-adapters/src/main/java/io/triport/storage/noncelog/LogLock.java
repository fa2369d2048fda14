package io.triport.storage.noncelog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process from sharing a log: each would answer from a memory that lacks the other's marks. */
record LogLock(FileChannel channel) implements AutoCloseable {
    /** @throws IOException when another process holds it */
    static LogLock take(Path directory) throws IOException {
        var file = directory.resolve("lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException(file + ": held (expected: one process to a nonce log)");
            }
            return new LogLock(channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(file + ": held by this process (expected: opened once)", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
