package io.triport.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for what a test makes and throws away by the thousand files, as a database server does with its databases: in memory where
 * the machine has such a file system with room, because a disk that has just lost so many files is slow to make new ones for everybody.
 */
public final class QuickDirectory {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH = 2L << 30;

    private QuickDirectory() {}

    /** A new, empty one, which whoever asked removes. */
    public static Path fresh(String prefix) {
        try {
            return hasRoom() ? Files.createTempDirectory(IN_MEMORY, prefix) : Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasRoom() throws IOException {
        return Files.isDirectory(IN_MEMORY)
                && Files.isWritable(IN_MEMORY)
                && Files.getFileStore(IN_MEMORY).getUsableSpace() >= ENOUGH;
    }
}
