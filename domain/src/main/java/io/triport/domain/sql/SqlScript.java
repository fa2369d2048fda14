package io.triport.domain.sql;

import io.triport.domain.failure.StorageFailure;

/** Statements with semicolons between them, and without parameters. */
public record SqlScript(String text) {
    /** @throws StorageFailure.Rejected BAD_REQUEST for text with a NUL or a lone surrogate */
    public SqlScript {
        Sql.requireText(text);
    }
}
