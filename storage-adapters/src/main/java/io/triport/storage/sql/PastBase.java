package io.triport.storage.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A copy of a database as it was at one of its states, which changes of the log can be made to.
 *
 * @param number of the state @param start the place of the file of the log from which on no change is missing up to it
 */
record PastBase(Path directory, long number, int start) {
    private static final Pattern NAME = Pattern.compile("([0-9]{8})-([0-9a-f]{16})\\.base");
    private static final int HEX = 16;

    /** Those that there are. */
    static List<PastBase> all(Path directory) throws IOException {
        var all = new ArrayList<PastBase>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    var number = Long.parseUnsignedLong(name.group(2), HEX);
                    all.add(new PastBase(directory, number, Integer.parseInt(name.group(1))));
                }
            }
        }
        return all;
    }

    /**
     * Copies a database as it is, while others may write it.
     *
     * @param start the place in the log that the copy belongs to
     */
    static PastBase copied(SqlConnector connector, int start) throws IOException {
        var copy = Files.createTempFile(connector.file().toAbsolutePath().getParent(), "archive-", ".tmp");
        try {
            try (var reader = connector.reader()) {
                reader.copyTo(copy);
            } catch (SQLException e) {
                throw new IOException("copy", e);
            }
            var base = new PastBase(connector.past(), number(copy), start);
            base.take(copy);
            return base;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    Path file() {
        return directory.resolve("%08d-%016x.base".formatted(start, number));
    }

    /** Becomes what is in a file, which goes; it is on the disk then. */
    private void take(Path copy) throws IOException {
        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(copy, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PastSegment.force(directory);
    }

    /** Of the state that a copy of a database is of. */
    static long number(Path copy) throws IOException {
        try (var channel = FileChannel.open(copy)) {
            var page = ByteBuffer.allocate(WalFile.PAGE_BYTES);
            while (page.hasRemaining() && channel.read(page) >= 0) {
                // To its end.
            }
            return WalFile.number(page, 0);
        }
    }

    /** Lets it be of another state, for it will be one. */
    static void renumber(Path copy, long number) throws IOException {
        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            write(channel, (int) number, WalFile.USER_VERSION_AT);
            write(channel, ChangeNumber.second(number), WalFile.APPLICATION_ID_AT);
        }
    }

    private static void write(FileChannel channel, int value, int at) throws IOException {
        PastSegment.write(
                channel, ByteBuffer.allocate(Integer.BYTES).putInt(value).flip(), at);
    }
}
