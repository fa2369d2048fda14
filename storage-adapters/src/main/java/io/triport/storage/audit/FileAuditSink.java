package io.triport.storage.audit;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSON object in each line, behind what the file has. The monitor guards the file; a batch is synced before it counts. */
final class FileAuditSink implements AuditSink {
    /*
     * A batch that was written in part leaves a line without its end, or lines that nobody was told of. The next batch, which has
     * the same records, begins behind what was there before.
     *
     * Where somebody moves the file away to rotate it, the next batch opens a new one under the name. The file is locked, because
     * one who begins a batch behind what it knows of would cut off what another has written.
     */
    private static final int LONGEST_LINE = 128 * 1024;
    /** The three columns end the line; a client's text cannot look like them, because its quotes are escaped. */
    private static final Pattern LINK =
            Pattern.compile("\"seq\":([0-9]{1,18}),\"prev_hash\":\"[0-9a-f]{64}\",\"hash\":\"([0-9a-f]{64})\"}\n$");

    private final Path path;
    private RandomAccessFile file;
    private Object key;

    private FileAuditSink(Path path, RandomAccessFile file, Object key) {
        this.path = path;
        this.file = file;
        this.key = key;
    }

    static FileAuditSink open(Path path) {
        try {
            var parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            var file = locked(path);
            file.seek(endOfLastLine(file));
            return new FileAuditSink(path, file, key(path));
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public synchronized void append(List<AuditRecord> batch) {
        var lines = new StringBuilder();
        batch.forEach(record -> line(lines, record));
        try {
            reopenIfMoved();
            var before = file.getFilePointer();
            try {
                file.setLength(before);
                file.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
                file.getFD().sync();
            } catch (IOException e) {
                file.seek(before);
                throw e;
            }
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** That of the last line. A file belongs to one node, so its chain is the file's. */
    @Override
    public synchronized Optional<AuditLink> lastLink(String node) {
        try {
            var length = (int) Math.min(file.getFilePointer(), LONGEST_LINE);
            var end = new byte[length];
            file.seek(file.getFilePointer() - length);
            file.readFully(end);
            var link = LINK.matcher(lastLine(new String(end, StandardCharsets.US_ASCII)));
            return link.find()
                    ? Optional.of(new AuditLink(Long.parseLong(link.group(1)), link.group(2)))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static String lastLine(String text) {
        var start = text.lastIndexOf('\n', text.length() - 2);
        return text.substring(start + 1);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private void reopenIfMoved() throws IOException {
        if (!Files.exists(path) || !key(path).equals(key)) {
            var moved = file;
            file = locked(path);
            file.seek(file.length());
            key = key(path);
            moved.close();
        }
    }

    private static RandomAccessFile locked(Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.getChannel().tryLock() == null) {
                throw new IOException("held (expected: one process to an audit file)");
            }
            return file;
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IOException("held by this process (expected: opened once)", e);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static Object key(Path path) throws IOException {
        @Nullable
        Object key = Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        return key == null ? path : key;
    }

    /** A crash may have cut the last line. */
    private static long endOfLastLine(RandomAccessFile file) throws IOException {
        for (var end = file.length(); end > 0; end--) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                return end;
            }
        }
        return 0;
    }

    private static void line(StringBuilder lines, AuditRecord record) {
        var separator = '{';
        for (var column : AuditColumn.values()) {
            var start = lines.length();
            lines.append(separator);
            JsonText.append(lines, column.label());
            lines.append(':');
            if (value(lines, record, column)) {
                separator = ',';
            } else {
                lines.setLength(start);
            }
        }
        lines.append("}\n");
    }

    private static boolean value(StringBuilder line, AuditRecord record, AuditColumn column) {
        if (column.kind() == AuditColumn.Kind.TEXT) {
            record.text(column).ifPresent(text -> JsonText.append(line, text));
            return record.text(column).isPresent();
        }
        var number = record.number(column);
        if (number.isPresent() && column.kind() == AuditColumn.Kind.TIME) {
            JsonText.append(line, Instant.ofEpochMilli(number.getAsLong()).toString());
        } else if (number.isPresent()) {
            line.append(number.getAsLong());
        }
        return number.isPresent();
    }

    private static StorageFailure failed(Path path, IOException cause) {
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE, path + ": audit cannot be written: " + cause.getMessage(), cause);
    }
}
