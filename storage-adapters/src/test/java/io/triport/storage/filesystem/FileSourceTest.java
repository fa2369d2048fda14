package io.triport.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {
    private final Block.Pool blocks = new Block.Pool();

    @TempDir
    private Path directory;

    @Test
    void bytes_that_somebody_still_holds_are_not_replaced_by_those_of_another_file() throws IOException {
        var held = read(FileSource.open(file("one", "first"), 5, blocks));

        var other = read(FileSource.open(file("two", "other"), 5, blocks));

        assertThat(held).isEqualTo(StandardCharsets.US_ASCII.encode("first"));
        assertThat(other).isEqualTo(StandardCharsets.US_ASCII.encode("other"));
    }

    @Test
    void the_memory_of_one_that_is_done_is_used_again() throws IOException {
        var source = FileSource.open(file("one", "first"), 5, blocks);
        var freed = source.read(0, 5);
        source.done();
        source.close();

        read(FileSource.open(file("two", "other"), 5, blocks));

        assertThat(freed).isEqualTo(StandardCharsets.US_ASCII.encode("other"));
    }

    /** The file is closed while its bytes are held, as when a client has gone. */
    private static ByteBuffer read(FileSource source) {
        try (source) {
            return source.read(0, 5);
        }
    }

    private Path file(String name, String text) throws IOException {
        var block = blocks.take();
        block.cleared();
        block.fill(StandardCharsets.US_ASCII.encode(text));
        var file = directory.resolve(name);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(block.sealed(0));
        }
        blocks.giveBack(block);
        return file;
    }
}
