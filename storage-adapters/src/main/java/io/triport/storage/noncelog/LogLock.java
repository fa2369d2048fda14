package io.triport.storage.noncelog;

import io.triport.storage.hold.OneHolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process from sharing a log: each would answer from a memory that lacks the other's marks. */
record LogLock(OneHolder holder, FileChannel channel) implements AutoCloseable {
    /** @throws IOException when another process holds it */
    static LogLock take(Path directory) throws IOException {
        var file = directory.resolve("lock");
        var holder = OneHolder.of(file)
                .orElseThrow(() -> new IOException(file + ": held by this process (expected: opened once)"));
        try {
            return new LogLock(holder, locked(file));
        } catch (IOException e) {
            holder.close();
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException(file + ": held (expected: one process to a nonce log)");
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        holder.close();
    }
}
