package io.triport.domain.sql;

import java.util.List;

/**
 * One database. Writes are serializable, an answered write is seen by every later read outside of sessions, and it is kept as the
 * adapter declares. Every statement is judged by what it compiles to, with its triggers and views: what would begin or end a
 * transaction, name another file, load code, or change how the connection works is refused (storage contract, section 3.4). Safe
 * for many threads.
 *
 * <p>A statement that fails says so with {@link io.triport.domain.failure.StorageFailure#statement}. Every method throws
 *
 * <ul>
 *   <li>{@link io.triport.domain.failure.StorageFailure.Rejected} BAD_REQUEST for what is not one correct statement or is
 *       refused, CONFLICT when a constraint does not hold;
 *   <li>{@link io.triport.domain.failure.StorageFailure.AccessDenied} for a write to a database that was opened to be read;
 *   <li>{@link io.triport.domain.failure.StorageFailure.LimitExceeded} TOO_LARGE above one of the {@link SqlLimits};
 *   <li>{@link io.triport.domain.failure.StorageFailure.Unavailable} FULL when there is no room for what is to be stored, on the disk or
 *       in a database as large as it may be;
 *   <li>{@link io.triport.domain.failure.StorageFailure.Unavailable} UNAVAILABLE when the call lasted too long, OVERLOADED when
 *       others write for too long; both when nothing has happened. OUTCOME_UNKNOWN says that it may have.
 * </ul>
 */
public interface SqlDatabase {
    /** One statement, in a transaction of its own. */
    SqlResult query(Sql statement);

    /**
     * All statements in one transaction, one after the other, or none of them. One that ends the transaction itself, as OR ROLLBACK
     * does, fails the batch there.
     *
     * @param statements 1 or more
     * @return as {@link #query}, in the order of the statements
     */
    List<SqlResult> batch(List<Sql> statements);

    /** All statements of a script in one transaction, or none of them; their rows are not told. @return of all of them together */
    SqlMeta run(SqlScript script);

    /**
     * The same database, whose reads never go behind what this session has seen.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for the bookmark of another database
     */
    SqlDatabase session(SessionStart start);

    /** The latest state; of a session one that is not older than all that it has seen. */
    Bookmark bookmark();

    /** All of it, to be carried elsewhere or brought in. */
    SqlArchive archive();

    DatabaseInfo info();
}
