package io.triport.storage.durable;

import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;

/**
 * A database that an object works on. The first statement begins a transaction, which lasts until {@link #commit} or {@link
 * #rollBack}. For one thread at a time.
 *
 * <p>After a statement that has ended the transaction by itself everything throws what that has thrown, until it is rolled back.
 */
public interface ScratchDatabase extends AutoCloseable {
    /** @throws io.triport.domain.failure.StorageFailure.AccessDenied where the statement writes and may only read */
    SqlResult query(Sql statement, SqlAccess access);

    /** All of it, or nothing. @throws io.triport.domain.failure.StorageFailure.AccessDenied as {@link #query} */
    SqlMeta run(SqlScript script, SqlAccess access);

    ByteSize size();

    /** A place in the transaction to come back to, behind those that are open; 0 where none has begun. */
    int mark();

    /** Closes a place, and those behind it. Does nothing with one that went with its transaction. */
    void keep(int mark);

    /** Takes back what was done since then: all of the transaction with 0, and with a place that went with the one before. */
    void backTo(int mark);

    /**
     * Ends the transaction. Nothing but {@link #kept} and {@link #rollBack} is allowed then, when something has changed.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected CONFLICT for a deferred constraint, when the transaction goes on
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE above {@link
     *     io.triport.domain.durable.ObjectSql#MOST_BYTES_OF_COMMIT}
     */
    PageChanges commit();

    /** What was committed is kept. Where this throws, it is of no use any more. */
    void kept();

    /** Takes back what was not kept. @return whether it could; else this is of no use any more */
    boolean rollBack();

    /** Waits for what runs. Throws nothing. */
    @Override
    void close();
}
