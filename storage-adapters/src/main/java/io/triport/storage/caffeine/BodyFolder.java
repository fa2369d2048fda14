package io.triport.storage.caffeine;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a cache's bodies, which it has to itself. Safe for many threads. */
final class BodyFolder implements AutoCloseable {
    /*
     * Whose files are removed
     *
     * What lies there when the directory is taken was left by a process that ended, and is removed: responses do not outlive their
     * process. So that nothing else is removed, ever, there may be nothing but files with the names that are given here, and these
     * only beside the file of the lock, which is made in an empty directory. All of this is asked before anything is changed.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final String LOCK = "triport-cache.lock";
    private static final String WHOLE = ".body";
    private static final String PART = ".part";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{16}\\.(body|part)");

    private final Path directory;
    private final FolderLock lock;
    private final BodyDisk disk;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    private BodyFolder(Path directory, FolderLock lock, BodyDisk disk) {
        this.directory = directory;
        this.lock = lock;
        this.disk = disk;
    }

    /**
     * Takes a directory, which is made where there is none, and empties it.
     *
     * @throws StorageFailure.Unavailable where another one has it, where there is something else in it, and where it cannot be used
     */
    static BodyFolder take(Path directory, BodyDisk disk) {
        try {
            Files.createDirectories(directory);
            requireOurs(directory);
            var lock = FolderLock.take(directory.resolve(LOCK));
            try {
                empty(directory);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            return new BodyFolder(directory, lock, disk);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, directory + ": no directory for cached responses", e);
        }
    }

    /** @throws IOException also when the folder was given back */
    ComingFile create() throws IOException {
        if (closed) {
            throw new IOException(directory + ": given back");
        }
        var name = "%016x".formatted(numbers.incrementAndGet());
        return new ComingFile(directory.resolve(name + PART), directory.resolve(name + WHOLE), disk);
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /** After the bodies were removed. */
    @Override
    public void close() {
        closed = true;
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("cache directory={} not given back", directory, e);
        }
    }

    private static void requireOurs(Path directory) throws IOException {
        var taken = Files.exists(directory.resolve(LOCK));
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var ours = name.equals(LOCK) || taken && OURS.matcher(name).matches();
                if (!ours || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new StorageFailure.Unavailable(
                            FailureCode.UNAVAILABLE,
                            directory + ": has " + name
                                    + " in it (expected: an empty directory, or one that only cached responses were"
                                    + " in)");
                }
            }
        }
    }

    private static void empty(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(
                directory, file -> OURS.matcher(file.getFileName().toString()).matches())) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }
}
