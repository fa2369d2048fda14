package io.triport.storage.caffeine;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.hold.OneHolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a folder to one cache. The system gives the lock back when the process ends, however it ends. */
record FolderLock(OneHolder holder, FileChannel channel) implements AutoCloseable {
    /** @throws StorageFailure.Unavailable when another one holds it */
    static FolderLock take(Path file) throws IOException {
        var holder = OneHolder.of(file).orElseThrow(() -> held(file));
        var taken = false;
        try {
            var lock = new FolderLock(holder, locked(file));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                holder.close();
            }
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw held(file);
        }
        return channel;
    }

    private static StorageFailure held(Path file) {
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE,
                file + ": held (expected: a directory of its own for the cache of each process)");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        holder.close();
    }
}
