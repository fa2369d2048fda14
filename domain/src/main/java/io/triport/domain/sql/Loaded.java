package io.triport.domain.sql;

/**
 * What came of a file of statements.
 *
 * @param statements that it had
 * @param state after the last of them
 * @param meta of all together
 */
public record Loaded(long statements, Bookmark state, SqlMeta meta) {}
