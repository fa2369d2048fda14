package io.triport.storage.object;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import java.util.List;
import java.util.function.Function;

/** Which objects and uploads there are. A row's commit is that of its object. Safe for many threads. */
public interface ObjectIndex extends AutoCloseable {
    <R> R read(Function<ObjectRows, R> work);

    /**
     * Runs the work so that all of it takes effect, or nothing when it throws. Works run one after the other where they look at the
     * same key or the same upload.
     */
    <R> R write(Function<ObjectChanges, R> work);

    /**
     * Begins a reading. What the rows name that are read from now on stays until it is closed, whoever takes it away meanwhile: where
     * this process alone reads, whoever has it open sees to that.
     */
    default Reading reading() {
        return () -> {};
    }

    /** Whether other nodes read and change it too. What they may read is then left to sweeps. */
    default boolean shared() {
        return false;
    }

    /** Objects of up to so many bytes lie with their rows; 0 where none does. */
    int mostWithRow();

    /** Whether a read and a write come to their end in time. */
    boolean answers();

    /** Its pools and queues; those of all indexes of one technology have the same names. */
    default List<StorageLevel> levels() {
        return List.of();
    }

    /** The seal of positions in listings. */
    CursorSeal cursors();

    @Override
    void close();

    /** Somebody who has bytes open that rows name, or will. For any thread; ends once. */
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }
}
