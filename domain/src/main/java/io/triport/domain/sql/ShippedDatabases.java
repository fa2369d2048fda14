package io.triport.domain.sql;

import io.triport.domain.failure.StorageFailure;
import java.util.List;

/**
 * Databases whose earlier states are kept in a bucket as well, from where they can be brought back when their files are lost. For the
 * operator of a machine, who has all of its data: nobody's grant is asked for. Safe for many threads.
 */
public interface ShippedDatabases {
    /** All that the bucket has, in the order of their names. */
    List<Database> all();

    /**
     * Makes the database what it was when it was shipped last, with the earlier states that are kept; one that was dropped too.
     *
     * @return the bookmark of the state that it has
     * @throws StorageFailure.Rejected NOT_FOUND when the bucket does not have it; CONFLICT when it, or another one of its name, is here
     * @throws StorageFailure.Corrupt when what the bucket has of it is damaged, or something is missing; then nothing has happened
     */
    Bookmark restore(DatabaseId database);
}
