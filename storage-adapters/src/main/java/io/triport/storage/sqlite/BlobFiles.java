package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.storage.disk.NoSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;

/** Large values, each in a file of its own that is never changed. Safe for many threads. */
final class BlobFiles {
    private static final int NAME_BYTES = 16;
    private static final String UNFINISHED = ".tmp";

    private final Path directory;
    private final Randomness randomness;
    private final FileSync sync;

    /** Brings a file or a directory to the disk; a seam for tests of what happens when that fails. */
    interface FileSync {
        FileSync REAL = channel -> channel.force(true);

        void force(FileChannel channel) throws IOException;
    }

    BlobFiles(Path directory, Randomness randomness, FileSync sync) {
        this.directory = directory;
        this.randomness = randomness;
        this.sync = sync;
    }

    /** Stores the value durably. @return the name of its file */
    String write(Bytes value) {
        var name = Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex();
        var unfinished = directory.resolve(name + UNFINISHED);
        try {
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var remaining = value.toByteBuffer();
                while (remaining.hasRemaining()) {
                    channel.write(remaining);
                }
                sync.force(channel);
            }
            Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                sync.force(channel);
            }
            return name;
        } catch (IOException e) {
            // No row names the file yet, so nothing is lost; its fsync is not tried again.
            remove(name + UNFINISHED);
            remove(name);
            throw new StorageFailure.Unavailable(NoSpace.code(e), "blob: not written", e);
        }
    }

    /** Empty when there is no such file. */
    Optional<Bytes> read(String name) {
        var file = directory.resolve(name);
        try (var stream = Files.newInputStream(file)) {
            return Optional.of(Bytes.readFrom(stream, (int) Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "blob: not read", e);
        }
    }

    /** Whatever cannot be removed now is an orphan, which the next start collects. */
    void remove(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            Sqlite.LOG.warn("blob not removed name={}", name, e);
        }
    }

    /** Removes all files but those that a row names. @return how many */
    int collectOrphans(Predicate<String> named) {
        var removed = 0;
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                if (!named.test(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "blobs: not listed", e);
        }
    }
}
