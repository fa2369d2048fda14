package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.hold.OneHolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory to one process, or to several that have it together, each under a name of its own. The system gives the
 * locks back when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
    /*
     * The bytes of the file. Who has the directory alone has locked all of them. Of several, each shares the first, so that nobody
     * can have it alone any more; they open it one after the other, by the second; and each that has opened it shares the third,
     * so that who opens it knows whether he is the first.
     *
     * Whose turn it is. SQLite lets one process write at a time and makes the others ask again every now and then, so that one
     * which writes without a pause would keep them out. Here who waits for SQLite holds a file, and who has just written must
     * have that file to begin again: so after him comes the other.
     */
    private static final long LIVING = 0;
    private static final long OPENING = 1;
    private static final long OPENED = 2;

    private final OneHolder holder;
    private final FileChannel channel;
    private final @Nullable Shared shared;

    /**
     * What only a directory has that several have.
     *
     * @param turn locked by who waits to write
     * @param name locked for its tenant
     * @param opening held until the directory is open
     * @param first held until then by who is the first
     */
    private record Shared(
            FileChannel turn,
            FileChannel name,
            FileLock opening,
            @Nullable FileLock first) {}

    private DirectoryLock(OneHolder holder, FileChannel channel, @Nullable Shared shared) {
        this.holder = holder;
        this.channel = channel;
        this.shared = shared;
    }

    /** @throws StorageFailure.Unavailable when another process has it */
    static DirectoryLock take(Path file) {
        return within(file, "one process per data directory", holder -> {
            var channel = open(file);
            if (tryLock(channel, 0, Long.MAX_VALUE, false) != null) {
                return new DirectoryLock(holder, channel, null);
            }
            channel.close();
            throw held(file, "one process per data directory");
        });
    }

    /** What opens the file. */
    private interface Opening {
        DirectoryLock by(OneHolder holder) throws IOException;
    }

    private static DirectoryLock within(Path file, String expected, Opening opening) {
        @Nullable OneHolder holder = null;
        try {
            holder = OneHolder.of(file).orElseThrow(() -> held(file, expected));
            var lock = opening.by(holder);
            holder = null;
            return lock;
        } catch (IOException e) {
            throw unlockable(file, e);
        } finally {
            if (holder != null) {
                holder.close();
            }
        }
    }

    /**
     * Waits while another process opens it.
     *
     * @param tenant a name that one process can have at a time
     * @throws StorageFailure.Unavailable when another process has it alone, or has the name
     */
    static DirectoryLock share(Path file, String tenant) {
        var nameFile = file.resolveSibling("triport-" + tenant + ".lock");
        return within(file, "one that shares it too", holder -> {
            var channel = open(file);
            var name = open(nameFile);
            var named = tryLock(name, 0, Long.MAX_VALUE, false) != null;
            if (!named || tryLock(channel, LIVING, 1, true) == null) {
                channel.close();
                name.close();
                throw named
                        ? held(file, "one that shares it too")
                        : held(nameFile, "one process of each name in a shared data directory");
            }
            var opening = channel.lock(OPENING, 1, false);
            var first = tryLock(channel, OPENED, 1, false);
            return new DirectoryLock(
                    holder, channel, new Shared(open(file.resolveSibling("triport.turn")), name, opening, first));
        });
    }

    /** Whether no other process has the directory open; only to be asked before {@link #opened}. */
    boolean alone() {
        return shared == null || shared.first() != null;
    }

    /** Lets the next process open it. */
    void opened() {
        if (shared == null) {
            return;
        }
        try {
            if (shared.first() != null) {
                // Nobody can come between: to open it, one needs the byte that we still have.
                shared.first().release();
            }
            var opened = channel.lock(OPENED, 1, true);
            if (opened.isValid()) {
                shared.opening().release();
            }
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "data directory: cannot be shared", e);
        }
    }

    /** Begins to write when it is this process's turn. For one thread. */
    void inTurn(Runnable begin) {
        if (shared == null) {
            begin.run();
            return;
        }
        var turn = awaited(shared.turn());
        try {
            begin.run();
        } finally {
            release(turn);
        }
    }

    private static FileLock awaited(FileChannel turn) {
        try {
            return turn.lock();
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "data directory: no turn to write", e);
        }
    }

    private static void release(FileLock turn) {
        try {
            turn.release();
        } catch (IOException e) {
            Sqlite.LOG.warn("turn not given back", e);
        }
    }

    @Override
    public void close() {
        close(channel);
        if (shared != null) {
            close(shared.turn());
            close(shared.name());
        }
        holder.close();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            Sqlite.LOG.warn("lock not given back", e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel, long from, long length, boolean sharing)
            throws IOException {
        try {
            return channel.tryLock(from, length, sharing);
        } catch (OverlappingFileLockException e) {
            // Held within this very process: to us the same.
            return null;
        }
    }

    private static StorageFailure held(Path file, String expected) {
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE, file + ": held by another process (expected: " + expected + ")");
    }

    private static StorageFailure unlockable(Path file, IOException cause) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, file + ": cannot be locked", cause);
    }
}
