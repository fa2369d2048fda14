package io.triport.storage.sql;

import io.triport.domain.durable.ObjectSql;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.SqlLimits;
import io.triport.storage.durable.ScratchDatabase;
import io.triport.storage.durable.ScratchDatabases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Databases of objects in files of a folder. Safe for many threads. */
final class SqlScratches implements ScratchDatabases {
    /*
     * How many
     *
     * Each takes two open files and a cache. Those of objects that nobody asks are closed as soon as there are many, and later
     * anyway; so the greater number is that of events which use one at the same time.
     */
    static final int MOST_OPEN = 1_024;

    /** After which those go that nobody uses. */
    static final int MANY = 256;

    private static final int SIZE_AT = 28;

    private final Path directory;
    private final SqlLimits limits;
    private final SqlThreads threads;
    private final Semaphore places = new Semaphore(MOST_OPEN);
    private final Set<SqlScratch> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong made = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as is what follows. */
    private @Nullable ScratchFolder folder;

    private boolean closed;

    SqlScratches(Path directory, SqlLimits limits, SqlThreads threads) {
        this.directory = directory;
        this.limits = limits;
        this.threads = threads;
    }

    @Override
    public ScratchDatabase open(StoredPages pages) {
        if (!places.tryAcquire()) {
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sql: too many objects use databases");
        }
        SqlScratch scratch = null;
        try {
            scratch = made(pages);
            open.add(scratch);
            return scratch;
        } finally {
            if (scratch == null) {
                places.release();
            }
        }
    }

    @Override
    public boolean crowded() {
        return MOST_OPEN - places.availablePermits() > MANY;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            open.forEach(SqlScratch::close);
            threads.close();
            if (folder != null) {
                folder.close();
                folder = null;
            }
        } finally {
            lock.unlock();
        }
    }

    SqlLimits limits() {
        return limits;
    }

    SqlThreads threads() {
        return threads;
    }

    void closed(SqlScratch scratch) {
        if (open.remove(scratch)) {
            places.release();
        }
    }

    private SqlScratch made(StoredPages pages) {
        var file = folder().resolve(made.incrementAndGet() + ".db");
        var connector = new SqlConnector(file, limits, Duration.ZERO);
        try {
            var count = write(file, pages);
            return new SqlScratch(this, connector, connector.scratch(ObjectSql.MOST_BYTES), count);
        } catch (IOException e) {
            SqlScratch.delete(connector);
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: the database of an object not made", e);
        } catch (RuntimeException e) {
            SqlScratch.delete(connector);
            throw e;
        }
    }

    private Path folder() {
        lock.lock();
        try {
            if (closed) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: closed");
            }
            if (folder == null) {
                folder = ScratchFolder.take(directory);
            }
            return folder.path();
        } finally {
            lock.unlock();
        }
    }

    /** @return how many pages there are, by what the first one says */
    private static int write(Path file, StoredPages stored) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var size = 0;
            for (var pages = stored.after(0); !pages.isEmpty(); pages = stored.after(pages.lastKey())) {
                for (var page : pages.entrySet()) {
                    var bytes = page.getValue().toByteBuffer();
                    if (page.getKey() == 1) {
                        size = bytes.getInt(SIZE_AT);
                    }
                    PastSegment.write(channel, bytes, position(page.getKey()));
                }
            }
            if (channel.size() < position(size + 1)) {
                // The last pages are free ones, which were never written.
                PastSegment.write(channel, ByteBuffer.allocate(1), position(size + 1) - 1);
            }
            if (channel.size() != position(size + 1)) {
                throw new StorageFailure.Corrupt(
                        "sql: an object's database has " + channel.size() + " bytes (expected: " + size + " pages)");
            }
            return size;
        }
    }

    private static long position(int page) {
        return (page - 1L) * WalFile.PAGE_BYTES;
    }
}
