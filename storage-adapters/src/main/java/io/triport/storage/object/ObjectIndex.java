package io.triport.storage.object;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import java.util.List;
import java.util.function.Function;

/** Which objects and uploads there are. A row's commit is that of its object. Safe for many threads. */
public interface ObjectIndex extends AutoCloseable {
    <R> R read(Function<ObjectRows, R> work);

    /** Runs the work so that all of it takes effect, or nothing when it throws. Works run one after the other. */
    <R> R write(Function<ObjectChanges, R> work);

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
}
