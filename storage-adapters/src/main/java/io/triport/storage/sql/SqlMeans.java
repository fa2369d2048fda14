package io.triport.storage.sql;

import io.triport.domain.sql.SqlLimits;

/** What every database of a directory needs. */
record SqlMeans(SqlLimits limits, SqlThreads threads, SqlFile.Commit commit) {
    /** What a statement of an import may have: a row in hexadecimal digits, and what is around it. */
    int loadedBytes() {
        return 2 * limits.valueBytes() + limits.statementBytes();
    }

    /** Of a call that begins now. */
    SqlDeadline deadline() {
        return threads.deadline(limits.call());
    }
}
