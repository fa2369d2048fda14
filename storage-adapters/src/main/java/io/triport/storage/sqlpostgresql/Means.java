package io.triport.storage.sqlpostgresql;

import io.triport.domain.sql.SqlLimits;
import io.triport.domain.time.Ticker;

/**
 * What every call needs.
 *
 * @param replicas that may be read from
 */
record Means(SqlLimits limits, Operator operator, Lines lines, Watch watch, Ticker ticker, Replicas replicas) {
    /** Of a call that begins now. */
    Deadline deadline() {
        return Deadline.of(ticker, limits.call());
    }
}
