package io.triport.domain.sql;

import io.triport.domain.request.ByteSize;
import java.time.Duration;

/**
 * What a statement did beside its rows.
 *
 * @param took of the statement alone
 * @param changes rows that it inserted, updated or deleted by itself
 * @param lastRowId of the row that was last inserted by the statement or, in its transaction, before it; else 0
 * @param changed whether the database is another one now
 * @param sizeAfter of the database
 * @param rowsWritten as changes, with the rows that triggers and foreign keys have changed
 */
public record SqlMeta(
        Duration took, long changes, long lastRowId, boolean changed, ByteSize sizeAfter, long rowsWritten) {}
