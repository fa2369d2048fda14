package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder of files that do not last, which one process has. @param path empty at first @param held locked until it is closed */
record ScratchFolder(Path path, FileChannel held) implements AutoCloseable {
    /*
     * Folders below a directory are numbered, and beside each lies a file whose lock says that somebody has it. A process takes
     * the first that nobody has, and removes what was left there. The system gives the lock back when the process ends, however
     * it ends.
     */
    private static final int MOST = 1_000;

    /** @throws StorageFailure.Unavailable where none can be had, as when this process has one of the same directory already */
    static ScratchFolder take(Path directory) {
        try {
            Files.createDirectories(directory);
            for (var number = 1; number <= MOST; number++) {
                var held = lock(directory.resolve(number + ".lock"));
                if (held != null) {
                    return new ScratchFolder(emptied(directory.resolve(Integer.toString(number))), held);
                }
            }
            throw new IOException("all of " + MOST + " are taken");
        } catch (IOException | OverlappingFileLockException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, directory + ": no folder for databases of objects", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(emptied(path));
        } catch (IOException e) {
            SqlFiles.LOG.warn("sql folder={} not removed, which the next process does", path, e);
        }
        try {
            held.close();
        } catch (IOException e) {
            SqlFiles.LOG.warn("sql folder={} not given back", path, e);
        }
    }

    /** Null where another process has it. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? channel : null;
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder)) {
            for (var file : left) {
                Files.delete(file);
            }
        }
        return folder;
    }
}
