package io.triport.domain.durable;

import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;

/**
 * The database of one object, in the dialect of SQLite whatever keeps it. Statements see what the event has written; all of it
 * commits at the event's end, together with the state, and {@link ObjectState#transaction} and {@link ObjectState#deleteAll} are
 * about it, too. Statements are judged and bounded as those of a {@link io.triport.domain.sql.SqlDatabase}, and fail as there; one
 * that fails takes back what it did by itself. For the event's thread alone, and only until the event ends.
 *
 * <p>An event has lost what it wrote here, and can only fail, after a statement that has ended the transaction, as OR ROLLBACK
 * does and a write that lasts too long, and after a commit that failed and was to change the database. What it asks here then,
 * and its commit, throw the same failure again.
 *
 * <p>Every method throws {@link io.triport.domain.failure.StorageFailure}: Rejected UNSUPPORTED for a write in a {@link
 * DurableObjects#read}, and where objects have no databases; Unavailable OVERLOADED where too many objects of the node use theirs
 * at once. A commit throws Rejected CONFLICT for a deferred constraint that does not hold, which the event may still mend, and
 * LimitExceeded TOO_LARGE for too large a change.
 */
public interface ObjectSql {
    /** Of the database. They count as bytes of the object; a statement that needs more is refused as Unavailable FULL. */
    long MOST_BYTES = 1_000_000_000;

    /** Of the pages, of 4,096 bytes each, that one commit changes; they are held in memory until it has come to its end. */
    int MOST_BYTES_OF_COMMIT = 16 * 1024 * 1024;

    /** One statement. */
    SqlResult query(Sql statement);

    /** All statements of a script, or none of them; their rows are not told. @return of all of them together */
    SqlMeta run(SqlScript script);

    /** Of the database as the event sees it, in whole pages. */
    ByteSize size();
}
