package io.triport.testkit;

import io.triport.domain.sql.SqlValue;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Where dialects have other words for the same.
 *
 * @param counter the type of a key that counts by itself
 * @param typeOf the type of a column for a value
 * @param infinity a number of double precision without an end
 * @param zeros a blob of so many bytes
 * @param text with everything that a text may hold
 */
public record SqlWords(
        String counter, Function<SqlValue, String> typeOf, String infinity, IntFunction<String> zeros, String text) {
    private static final String TEXT = "it's \"quoted\"\n\u00E9\uD83D\uDE00";

    public static final SqlWords SQLITE = new SqlWords(
            "integer primary key", value -> "any", "9e999", bytes -> "zeroblob(" + bytes + ")", TEXT + "\u0000behind");

    public static final SqlWords POSTGRESQL = new SqlWords(
            "bigint generated always as identity primary key",
            SqlWords::postgreSqlType,
            "'infinity'::float8",
            bytes -> "decode(repeat('00', " + bytes + "), 'hex')",
            TEXT);

    private static String postgreSqlType(SqlValue value) {
        return switch (value) {
            case SqlValue.Whole number -> "bigint";
            case SqlValue.Real number -> "double precision";
            case SqlValue.Blob bytes -> "bytea";
            case SqlValue.Text text -> "text";
            case SqlValue.Null none -> "text";
        };
    }
}
