package io.triport.storage.filesystem;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Backend;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.ObjectCapability;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.storage.sqlite.Sqlite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a directory of objects: {@code data} with the bytes, {@code index.db} with the rows, kept to this process by a lock. */
public final class ObjectDirectory {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    /**
     * What is not larger lies in the index, where it is synced together with its row and with others'; a file would take two
     * syncs of its own.
     */
    static final int SMALL_BYTES = 16 * 1024;

    private ObjectDirectory() {}

    /**
     * Opens the directory, which is made when it does not exist.
     *
     * @throws StorageFailure when it cannot be opened, or another process has it; the message is one line for the operator
     */
    public static EmbeddedObjects open(Path root, Backend.Flush flush, Clock clock, Randomness randomness) {
        return open(root, flush, SMALL_BYTES, clock, randomness, Disk.REAL);
    }

    /** What a directory declares that is flushed so. */
    public static ObjectStoreInfo info(Backend.Flush flush) {
        var durability = flush == Backend.Flush.NEVER ? Durability.VOLATILE : Durability.DURABLE;
        return new ObjectStoreInfo("filesystem", durability, Set.of(ObjectCapability.values()));
    }

    /**
     * Removes a directory that is not open any more, with all in it.
     *
     * @throws StorageFailure when something of it stays
     */
    public static void remove(Path root) {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, root + ": cannot be removed", e);
        }
    }

    /** @param small bytes of an object that lies in the index at most; 0 for files only */
    static EmbeddedObjects open(Path root, int small, Clock clock, Randomness randomness, Disk disk) {
        return open(root, Backend.Flush.COMMIT, small, clock, randomness, disk);
    }

    static EmbeddedObjects open(
            Path root, Backend.Flush flush, int small, Clock clock, Randomness randomness, Disk real) {
        var disk = FlushingDisk.of(real, flush);
        var durability = info(flush).durability();
        try {
            var folders = Folders.make(root, disk);
            // The files are not touched before the index has the lock.
            var bytes = new FileBytes(folders, disk, clock, randomness);
            var index =
                    Sqlite.objectIndex(root, durability, bytes::remove, disk::beforeCommit, small, clock, randomness);
            LOG.info("objects opened directory={} durability={}", root, durability);
            return new EmbeddedObjects(index, bytes, clock, randomness);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, root + ": cannot be made", e);
        }
    }
}
