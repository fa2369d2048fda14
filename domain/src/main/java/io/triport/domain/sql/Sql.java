package io.triport.domain.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.List;

/**
 * One statement in the dialect of its database, with the values of its parameters {@code ?} and {@code ?NNN} in their order. How
 * long it may be and how many parameters it may have is the database's to say ({@link SqlLimits}).
 */
public record Sql(String text, List<SqlValue> parameters) {
    /**
     * @throws StorageFailure.Rejected BAD_REQUEST for text with a NUL or a lone surrogate, and for a parameter that is infinite, not a
     *     number, or has a lone surrogate
     */
    public Sql {
        requireText(text);
        parameters = List.copyOf(parameters);
        parameters.forEach(Sql::requirePossible);
    }

    public static Sql of(String text, SqlValue... parameters) {
        return new Sql(text, List.of(parameters));
    }

    /** A NUL would end the statement for SQLite, and hide the rest of it. */
    static void requireText(String text) {
        if (text.indexOf('\0') >= 0 || !encodable(text)) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "statement (expected: Unicode without NUL and lone surrogates)");
        }
    }

    private static void requirePossible(SqlValue value) {
        var possible = switch (value) {
            case SqlValue.Real(var number) -> Double.isFinite(number);
            case SqlValue.Text(var text) -> encodable(text);
            case SqlValue.Null none -> true;
            case SqlValue.Whole whole -> true;
            case SqlValue.Blob bytes -> true;
        };
        if (!possible) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "parameter (expected: a finite number, or Unicode)");
        }
    }

    private static boolean encodable(String text) {
        try {
            Bytes.utf8(text);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }
}
