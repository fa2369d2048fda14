package io.triport.storage.sql;

import io.triport.domain.sql.SqlLimits;
import java.time.Clock;

/** What every database of a directory needs. */
record SqlMeans(
        SqlLimits limits,
        SqlThreads threads,
        SqlFile.Commit commit,
        Clock clock,
        PastSizes sizes,
        PastStep.Watch watch) {
    /** As an app has them. */
    static SqlMeans of(SqlLimits limits, SqlThreads threads, Clock clock) {
        var sizes = PastSizes.of(limits.history());
        return new SqlMeans(limits, threads, SqlFile.Commit.REAL, clock, sizes, PastStep.Watch.NOBODY);
    }

    /** What a statement of an import may have: a row in hexadecimal digits, and what is around it. */
    int loadedBytes() {
        return 2 * limits.valueBytes() + limits.statementBytes();
    }

    /** Of a call that begins now. */
    SqlDeadline deadline() {
        return threads.deadline(limits.call());
    }
}
