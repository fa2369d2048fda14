/**
 * Databases of users, each in an SQLite file of its own. Start reading at {@link io.triport.storage.sql.SqlFiles}, which opens a
 * directory of them. A statement runs on a platform thread, under limits and a deadline, after {@code SqlJudge} has seen what it
 * compiles to; writes of a database are done one after the other, reads go on meanwhile.
 */
@NullMarked
package io.triport.storage.sql;

import org.jspecify.annotations.NullMarked;
