package io.triport.domain.durable;

import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;

/**
 * The database of one object, in the dialect of SQLite whatever keeps it. Statements see what the event has written; all of it commits at
 * the event's end, together with the state, and {@link ObjectState#transaction} and {@link ObjectState#deleteAll} are about it, too. They are judged
 * and bounded as those of a {@link io.triport.domain.sql.SqlDatabase}, and fail as there; one that fails takes back what it did by
 * itself. For the event's thread alone, and only until the event ends.
 *
 * <p>An event has lost what it wrote here, and can only fail, after a statement that has ended the transaction, as OR ROLLBACK and
 * writing beyond a deadline do, and after a commit in which this was and which failed: every further use then throws the same failure, and so does its
 * commit.
 *
 * <p>Every method throws {@link io.triport.domain.failure.StorageFailure}: Rejected UNSUPPORTED for a write in a {@link
 * DurableObjects#read}, and where objects have no databases; Unavailable OVERLOADED where too many objects of the node use theirs at
 * once. The commit throws Rejected CONFLICT for a deferred constraint that does not hold, after which the event may make it hold; LimitExceeded
 * TOO_LARGE for too large a change.
 */
public interface ObjectSql {
    /** Of the database; they count as bytes of the object. What would need more is refused as Unavailable FULL. */
    long MOST_BYTES = 1_000_000_000;

    /** Of the pages, 4,096 bytes each, that one commit may change: the changes of a commit are held in memory. */
    int MOST_BYTES_OF_COMMIT = 16 * 1024 * 1024;

    /** One statement. */
    SqlResult query(Sql statement);

    /** All statements of a script, or none of them; their rows are not told. @return of all of them together */
    SqlMeta run(SqlScript script);

    /** Of the database as the event sees it; zero where nothing was ever written. */
    ByteSize size();
}
