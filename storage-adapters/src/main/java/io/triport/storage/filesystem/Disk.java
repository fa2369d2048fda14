package io.triport.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The steps that a write takes on the disk; a seam for tests of what happens when one of them fails, or is the last. */
interface Disk {
    Disk REAL = new Disk() {};

    default FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Writes all that remains. */
    default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    default void force(FileChannel channel) throws IOException {
        channel.force(true);
    }

    default void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Names are durable when their folder is. */
    default void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            force(channel);
        }
    }

    /** Just before the rows of one or more writes are committed. */
    default void beforeCommit() {}

    /** Just before a file is removed that no row names any more. */
    default void beforeRemove() {}
}
