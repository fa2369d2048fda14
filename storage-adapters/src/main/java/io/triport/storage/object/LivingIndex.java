package io.triport.storage.object;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import java.util.List;
import java.util.function.Function;

/**
 * An index as a bucket sees it that may end. Whether it lives is asked within each write, and works run one after the other: what
 * comes after the one that found the bucket empty changes nothing.
 *
 * @param requireLife throws where the bucket has ended
 */
record LivingIndex(ObjectIndex index, Runnable requireLife) implements ObjectIndex {
    @Override
    public <R> R read(Function<ObjectRows, R> work) {
        return index.read(work);
    }

    @Override
    public <R> R write(Function<ObjectChanges, R> work) {
        return index.write(changes -> {
            requireLife.run();
            return work.apply(changes);
        });
    }

    @Override
    public Reading reading() {
        return index.reading();
    }

    @Override
    public boolean shared() {
        return index.shared();
    }

    @Override
    public int mostWithRow() {
        return index.mostWithRow();
    }

    @Override
    public boolean answers() {
        return index.answers();
    }

    @Override
    public List<StorageLevel> levels() {
        return index.levels();
    }

    @Override
    public CursorSeal cursors() {
        return index.cursors();
    }

    @Override
    public void close() {
        index.close();
    }
}
