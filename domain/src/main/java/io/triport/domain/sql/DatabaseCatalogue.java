package io.triport.domain.sql;

import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.Optional;

/**
 * The databases that there are. An answered change is seen by every later call. Safe for many threads.
 *
 * <p>Every method throws {@link StorageFailure.Unavailable} when the adapter does not answer.
 */
public interface DatabaseCatalogue {
    /** Makes an empty database. @throws StorageFailure.Rejected CONFLICT when the name is taken */
    Database create(DatabaseName name);

    /** Removes a database with all that is in it; whether there was one. Calls of it that go on come to their end. */
    boolean drop(DatabaseId id);

    Optional<Database> find(DatabaseName name);

    Optional<Database> find(DatabaseId id);

    /** All databases, in the order of their names' bytes. */
    List<Database> databases();
}
