package io.triport.domain.sql;

import io.triport.domain.request.Content;
import java.time.Instant;

/**
 * A database as a whole, to be carried elsewhere, and as it was before. Safe for many threads; methods last as long as the database is
 * large, and throw as {@link SqlDatabase} does.
 *
 * <p>Earlier states are kept for {@link SqlLimits#history}, from the moment on at which the adapter began to keep them (storage contract,
 * section 3.4). An adapter that keeps none answers {@link #at} and {@link #restore} with UNSUPPORTED.
 */
public interface SqlArchive {
    /**
     * Statements that make the same tables, rows, indexes, triggers and views in an empty database, as they all were at one time: with
     * the content of virtual tables, and the numbers that AUTOINCREMENT will give next. Writers go on meanwhile.
     *
     * @param extent of which tables, and what of them
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for a table that is not there
     */
    Exported export(SqlExtent extent);

    /**
     * Runs all statements of a file, or none of them. A statement that inserts may be as long as a row of hexadecimal digits.
     *
     * @param script UTF-8, of at most {@link SqlLimits#imported}; closed in any case
     */
    Loaded load(Content script);

    /**
     * The state that the database had at the end of a second, by the clock of the adapter.
     *
     * @param moment any in that second
     * @return the same for the same second, once it is over
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for a moment that is still to come, lies before the database
     *     was made, or before the states that are kept
     */
    Bookmark at(Instant moment);

    /**
     * Makes the database what it was, whole or not at all, as one change of it: the states after that one stay kept, so the change can
     * be taken back. Readers go on and see one state or the other; writers wait for the change alone.
     *
     * @param to a state of this database that is kept
     * @return the bookmarks of the new state and of the one before it
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for a bookmark of another database, and for one of a state
     *     that is not kept
     * @throws io.triport.domain.failure.StorageFailure.AccessDenied where the database was opened to be read
     * @throws io.triport.domain.failure.StorageFailure.Corrupt when what is kept is damaged; nothing has happened then
     */
    Restored restore(Bookmark to);
}
