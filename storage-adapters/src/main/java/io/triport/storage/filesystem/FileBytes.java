package io.triport.storage.filesystem;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Slice;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.storage.disk.NoSpace;
import io.triport.storage.object.ObjectBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes in files of their own, which are written once. */
final class FileBytes implements ObjectBytes {
    /*
     * Names begin with the time, so that rows by name are appended to the end of their index and not all over it. What is being
     * written is known by name until its row is decided; any other file that no row names is left over, by a crash or because it
     * could not be removed.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int TIME_BYTES = 6;
    private static final int CHANCE_BYTES = 10;

    private final Folders folders;
    private final Disk disk;
    private final Clock clock;
    private final Randomness randomness;
    private final Block.Pool blocks = new Block.Pool();
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();

    FileBytes(Folders folders, Disk disk, Clock clock, Randomness randomness) {
        this.folders = folders;
        this.disk = disk;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public Sink create() {
        var name = freshName();
        try {
            return new FileSink(name, folders, disk, blocks, () -> settled(name));
        } catch (IOException e) {
            settled(name);
            throw new StorageFailure.Unavailable(NoSpace.code(e), "object: not written", e);
        }
    }

    @Override
    public Optional<String> duplicate(String name) {
        var copy = freshName();
        try {
            Files.createLink(folders.file(copy), folders.file(name));
            disk.forceFolder(folders.folder(copy));
            return Optional.of(copy);
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without links, or too many of this file: the bytes are copied then.
            LOG.debug("not linked name={}", name, e);
            remove(copy);
            settled(copy);
            return Optional.empty();
        }
    }

    @Override
    public Optional<Source> open(String name, long size, Slice slice) {
        try {
            return Optional.of(FileSource.open(folders.file(name), size, blocks));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: not opened", e);
        }
    }

    @Override
    public void settled(String name) {
        undecided.remove(name);
    }

    @Override
    public void remove(String name) {
        disk.beforeRemove();
        try {
            Files.deleteIfExists(folders.file(name));
        } catch (IOException e) {
            LOG.warn("file not removed, which is tried again name={}", name, e);
        }
    }

    @Override
    public int collect(Predicate<String> named) {
        var removed = 0;
        try {
            removed += collect(folders.unfinished(), name -> false);
            for (var folder : folders.all()) {
                removed += collect(folder, named);
            }
            return removed;
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "objects: files not listed", e);
        }
    }

    @Override
    public void close() {
        // Files are opened and closed one by one.
    }

    private int collect(Path folder, Predicate<String> named) throws IOException {
        var removed = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                // In this order: a row is there before its file is decided.
                if (!undecided.contains(name) && !named.test(name) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private String freshName() {
        var bytes = ByteBuffer.allocate(Long.BYTES + CHANCE_BYTES)
                .putLong(clock.millis())
                .put(randomness.bytes(CHANCE_BYTES));
        var name = Bytes.from(bytes.position(Long.BYTES - TIME_BYTES).limit(bytes.capacity()))
                .toHex();
        undecided.add(name);
        return name;
    }
}
