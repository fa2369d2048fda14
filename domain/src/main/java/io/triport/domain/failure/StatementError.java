package io.triport.domain.failure;

/**
 * Which statement of a caller failed, and why; the caller may be told, since it says nothing but what is in its own database.
 *
 * @param index of the statement among those of the call, 0 for the first
 * @param code such as SQLITE_CONSTRAINT_UNIQUE or MULTIPLE_STATEMENTS
 * @param reason in words, never empty
 */
public record StatementError(int index, String code, String reason) {}
