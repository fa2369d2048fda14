package io.triport.testkit;

import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import java.util.List;
import java.util.Set;

/** What an adapter gives the contract of vector indexes: a place for indexes of its own, empty at first, under the usual limits. */
public interface VectorFixture extends AutoCloseable {
    VectorIndexes indexes();

    /** Closes the indexes and opens them again over the same data, under these limits. */
    VectorIndexes reopen(VectorLimits limits);

    /** By which cursors age. */
    SettableClock clock();

    /** Kills a process in the midst of batches of {@link KilledVectors}, and opens the indexes again. @return what it told */
    default List<Integer> killWhileWriting(IndexName name) {
        throw new UnsupportedOperationException("survives-kill");
    }

    Set<VectorCapability> capabilities();

    @Override
    void close();
}
