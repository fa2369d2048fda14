package io.triport.domain.sql;

import io.triport.domain.request.Content;

/**
 * A database as a whole, to be carried elsewhere. Safe for many threads; both methods last as long as the database is large, and
 * throw as {@link SqlDatabase} does.
 */
public interface SqlArchive {
    /**
     * Statements that make the same tables, rows, indexes, triggers and views in an empty database, as they all were at one time: with
     * the content of virtual tables, and the numbers that AUTOINCREMENT will give next. Writers go on meanwhile.
     */
    Content export();

    /**
     * Runs all statements of a file, or none of them. A statement that inserts may be as long as a row of hexadecimal digits.
     *
     * @param script UTF-8, of at most {@link SqlLimits#imported}; closed in any case
     * @return of all statements together
     */
    SqlMeta load(Content script);
}
