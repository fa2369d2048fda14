package io.triport.storage.memory;

import io.triport.domain.cursor.CursorSeal;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectIndex;
import io.triport.storage.object.ObjectRows;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** An index in memory, behind a lock. */
final class MemoryObjectIndex implements ObjectIndex {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final MemoryObjectRows rows = new MemoryObjectRows();
    private final Consumer<String> remove;
    private final CursorSeal cursors;

    /** @param remove takes bytes away */
    MemoryObjectIndex(Consumer<String> remove, CursorSeal cursors) {
        this.remove = remove;
        this.cursors = cursors;
    }

    @Override
    public <R> R read(Function<ObjectRows, R> work) {
        lock.readLock().lock();
        try {
            return work.apply(rows);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public <R> R write(Function<ObjectChanges, R> work) {
        lock.writeLock().lock();
        try {
            var result = work.apply(rows);
            rows.keep().forEach(remove);
            return result;
        } catch (RuntimeException | Error e) {
            rows.undo().forEach(remove);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public int mostWithRow() {
        return 0;
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public CursorSeal cursors() {
        return cursors;
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }
}
