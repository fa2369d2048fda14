package io.triport.storage.audit;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Append-only files in one directory, numbered in the order of their records. The monitor guards all of it. */
final class FileAuditSpill implements AuditSpill {
    /*
     * A file is written by one process, from its beginning to where it ended or was killed; a later one begins a new file. What a
     * kill left half written lies at the end of a file and was told to nobody. How far a file was read is known in memory only: a
     * file is deleted when all of it was removed, and after a crash the rest of one may come twice.
     */
    private static final String ENDING = ".audit";
    private static final long LARGEST = 16L << 20;
    private static final int PIECE = AuditFrame.LONGEST_FRAME + (1 << 20);
    private static final int MOST = 1_000;

    private final Path directory;
    private final FileChannel lock;
    /** Where the reader stands in each file. */
    private final TreeMap<Long, Long> files = new TreeMap<>();
    /** Where each record ends that was read last, and in which file. */
    private final List<Long> ends = new ArrayList<>();

    private long reading = -1;
    private long next = 1;
    private @Nullable RandomAccessFile writer;
    private long writing = -1;
    private long waiting;
    private AuditLink last = AuditLink.NONE;

    private FileAuditSpill(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static FileAuditSpill open(Path directory) {
        try {
            Files.createDirectories(directory);
            var spill = new FileAuditSpill(directory, lock(directory.resolve("lock")));
            spill.find();
            return spill;
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    @Override
    public synchronized void append(List<AuditRecord> records) {
        try {
            var file = writer();
            var before = file.getFilePointer();
            try {
                file.write(bytes(records));
                file.getFD().sync();
            } catch (IOException e) {
                abandon(before);
                throw e;
            }
            added(records);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    @Override
    public synchronized long place() {
        try {
            endWriting();
            return next++;
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    @Override
    public synchronized void insert(long place, List<AuditRecord> records) {
        try (var file = new RandomAccessFile(path(place).toFile(), "rw")) {
            file.setLength(0);
            file.write(bytes(records));
            file.getFD().sync();
            syncNames();
            files.put(place, 0L);
            added(records);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    @Override
    public synchronized List<AuditRecord> oldest(int most) {
        ends.clear();
        try {
            while (!files.isEmpty()) {
                var records = read(files.firstKey(), most);
                if (!records.isEmpty()) {
                    return records;
                }
                finish(files.firstKey());
            }
            return List.of();
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    @Override
    public synchronized void remove(int count) {
        if (count > 0) {
            files.put(reading, ends.get(count - 1));
            waiting -= count;
            ends.clear();
        }
    }

    @Override
    public synchronized boolean isEmpty() {
        return waiting == 0;
    }

    @Override
    public synchronized AuditLink lastLink() {
        return last;
    }

    @Override
    public synchronized void close() {
        try {
            endWriting();
            while (waiting == 0 && !files.isEmpty()) {
                finish(files.firstKey());
            }
            lock.close();
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private void find() throws IOException {
        try (var names = Files.list(directory)) {
            names.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> Long.parseLong(name.substring(0, name.length() - ENDING.length())))
                    .forEach(number -> files.put(number, 0L));
        }
        for (var number : List.copyOf(files.keySet())) {
            for (var records = read(number, MOST); !records.isEmpty(); records = read(number, MOST)) {
                added(records);
                files.put(number, ends.getLast());
            }
            files.put(number, 0L);
            next = number + 1;
        }
        ends.clear();
    }

    private List<AuditRecord> read(long number, int most) throws IOException {
        long position = java.util.Objects.requireNonNull(files.get(number));
        reading = number;
        ends.clear();
        var records = new ArrayList<AuditRecord>();
        var buffer = piece(number, position);
        for (var frame = AuditFrame.read(buffer); frame.isPresent(); frame = AuditFrame.read(buffer)) {
            records.add(frame.get().record());
            position += frame.get().bytes();
            ends.add(position);
            if (records.size() == most) {
                break;
            }
        }
        return records;
    }

    /** Large enough for one record at least. */
    private ByteBuffer piece(long number, long position) throws IOException {
        try (var channel = FileChannel.open(path(number), StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(0, channel.size() - position)));
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
            return buffer.flip();
        }
    }

    private void added(List<AuditRecord> records) {
        waiting += records.size();
        for (var record : records) {
            var seq = record.number(AuditColumn.SEQ).orElse(0);
            if (seq > last.seq()) {
                last = new AuditLink(seq, record.text(AuditColumn.HASH).orElseThrow());
            }
        }
    }

    private void finish(long number) throws IOException {
        if (number == writing) {
            endWriting();
        }
        Files.deleteIfExists(path(number));
        files.remove(number);
    }

    private RandomAccessFile writer() throws IOException {
        if (writer != null && writer.getFilePointer() >= LARGEST) {
            endWriting();
        }
        var file = writer;
        if (file == null) {
            writing = next++;
            file = new RandomAccessFile(path(writing).toFile(), "rw");
            writer = file;
            syncNames();
            files.put(writing, 0L);
        }
        return file;
    }

    /** What was written of a failed batch must not come back as told. */
    private void abandon(long length) throws IOException {
        var file = writer;
        if (file != null) {
            try {
                file.setLength(length);
                file.seek(length);
            } catch (IOException e) {
                endWriting();
                throw e;
            }
        }
    }

    private void endWriting() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
            writing = -1;
        }
    }

    private void syncNames() throws IOException {
        try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private Path path(long number) {
        return directory.resolve(String.format("%019d", number) + ENDING);
    }

    private static byte[] bytes(List<AuditRecord> records) {
        var out = new ByteArrayOutputStream(records.size() * 512);
        records.forEach(record -> AuditFrame.write(out, record));
        return out.toByteArray();
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException(file + ": held (expected: one process to a spill directory)");
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(file + ": held by this process (expected: opened once)", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static StorageFailure failed(Path directory, IOException cause) {
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE, directory + ": audit records cannot be kept: " + cause.getMessage(), cause);
    }
}
