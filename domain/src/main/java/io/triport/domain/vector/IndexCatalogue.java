package io.triport.domain.vector;

import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.Optional;

/**
 * The indexes that there are. An answered change is seen by every later call. Safe for many threads.
 *
 * <p>Every method throws {@link StorageFailure.Unavailable} when the adapter does not answer.
 */
public interface IndexCatalogue {
    /** Makes an empty index. @throws StorageFailure.Rejected CONFLICT when the name is taken */
    Index create(IndexName name, IndexShape shape);

    /** Removes an index with all that is in it; whether there was one. Calls of it that go on come to their end. */
    boolean drop(IndexId id);

    Optional<Index> find(IndexName name);

    Optional<Index> find(IndexId id);

    /** All indexes, in the order of their names' bytes. */
    List<Index> indexes();
}
