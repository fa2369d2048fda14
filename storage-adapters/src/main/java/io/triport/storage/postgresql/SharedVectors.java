package io.triport.storage.postgresql;

import io.triport.domain.storage.StorageLevel;
import io.triport.domain.vector.VectorIndexes;
import java.util.List;

/** Vector indexes that the nodes of a database share, with what of one node is behind them. Safe for many threads. */
public interface SharedVectors extends VectorIndexes, AutoCloseable {
    /** How busy its connections are. */
    List<StorageLevel> levels();

    /** Ends its connections. The indexes stay. */
    @Override
    void close();
}
