package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a data directory to one process. The system gives the lock back when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StorageFailure.Unavailable when another process has it */
    static DirectoryLock take(Path file) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, file + ": cannot be locked", e);
        }
        throw new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE, file + ": held by another process (expected: one process per data directory)");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            Sqlite.LOG.warn("lock not given back", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held within this very process: to us the same.
            return null;
        }
    }
}
