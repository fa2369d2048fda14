package io.triport.storage.filesystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A disk that keeps of its files what it was told to keep, and forgets the rest when its power is lost: the bytes that came after
 * the last fsync of their file, and the names that came after the last one of their folder. Its lock guards all.
 */
final class ForgetfulDisk implements Disk {
    /** By the file's identity, which its names share: how many of its bytes are kept. */
    private final Map<Object, Long> keptBytes = new HashMap<>();

    private final Map<Path, Set<Path>> keptNames = new HashMap<>();
    private final Map<FileChannel, Object> open = new HashMap<>();

    @Override
    public synchronized FileChannel create(Path file) throws IOException {
        var channel = Disk.super.create(file);
        open.put(channel, identity(file));
        // Identities are used again when their file has gone.
        keptBytes.put(identity(file), 0L);
        return channel;
    }

    @Override
    public synchronized void force(FileChannel channel) throws IOException {
        keptBytes.put(Objects.requireNonNull(open.get(channel)), channel.size());
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        keptNames.put(folder, names(folder));
    }

    /** @return how many files have gone, or have lost some of their bytes */
    synchronized int losePower(Path root) {
        var lost = 0;
        try (var data = Files.newDirectoryStream(root.resolve("data"))) {
            for (var folder : data) {
                for (var file : names(folder)) {
                    lost += lose(folder, file) ? 1 : 0;
                }
            }
            return lost;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean lose(Path folder, Path file) throws IOException {
        if (!keptNames.getOrDefault(folder, Set.of()).contains(file)) {
            Files.delete(file);
            return true;
        }
        var kept = keptBytes.getOrDefault(identity(file), 0L);
        if (kept >= Files.size(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
        }
        return true;
    }

    private static Set<Path> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
