package io.triport.storage.noncelog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The directory of a log, and how its files are opened. */
record LogDisk(Path directory, Opener opener) {
    /** How a file is opened, for reading and for appending behind what it has. */
    interface Opener {
        LogFile open(Path file) throws IOException;
    }

    LogFile open(String name) throws IOException {
        return opener.open(directory.resolve(name));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** The names with this ending, in order. */
    List<String> names(String ending) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces a small file so that after a loss of power the old text or the new one is there, whole. */
    void replace(String name, String text) throws IOException {
        var written = directory.resolve(name + ".new");
        Files.deleteIfExists(written);
        try (var file = opener.open(written)) {
            file.append(text.getBytes(StandardCharsets.UTF_8));
            file.force();
        }
        Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force();
    }

    /** Returns when the names of the directory survive the loss of power. */
    void force() throws IOException {
        try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
