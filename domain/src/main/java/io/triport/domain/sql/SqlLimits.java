package io.triport.domain.sql;

import io.triport.domain.request.ByteSize;
import java.time.Duration;

/**
 * The bounds of a database (storage contract, section 3.3), each 1 or more.
 *
 * @param statementBytes of a statement, and of a script
 * @param parameters of a statement
 * @param columns of a table, an index or a result
 * @param valueBytes of a string, a blob or a row
 * @param patternBytes of LIKE and GLOB
 * @param functionArguments of a call
 * @param resultBytes of all rows of a call, which are held in memory
 * @param call how long a call may last, a whole batch too
 * @param database its file
 * @param imported a file of statements
 * @param history how long earlier states are kept, 1 to 30 days
 */
public record SqlLimits(
        int statementBytes,
        int parameters,
        int columns,
        int valueBytes,
        int patternBytes,
        int functionArguments,
        ByteSize resultBytes,
        Duration call,
        ByteSize database,
        ByteSize imported,
        Duration history) {
    private static final Duration LEAST_HISTORY = Duration.ofDays(1);
    private static final Duration MOST_HISTORY = Duration.ofDays(30);

    public static final SqlLimits USUAL = new SqlLimits(
            100_000,
            100,
            100,
            2_000_000,
            50,
            32,
            ByteSize.ofMiB(64),
            Duration.ofSeconds(30),
            new ByteSize(10_000_000_000L),
            new ByteSize(5_000_000_000L),
            Duration.ofDays(7));

    public SqlLimits {
        requirePositive("statement-bytes", statementBytes);
        requirePositive("parameters", parameters);
        requirePositive("columns", columns);
        requirePositive("value-bytes", valueBytes);
        requirePositive("pattern-bytes", patternBytes);
        requirePositive("function-arguments", functionArguments);
        requirePositive("result-bytes", resultBytes.bytes());
        requirePositive("call", call.toNanos());
        requirePositive("database", database.bytes());
        requirePositive("imported", imported.bytes());
        if (history.compareTo(LEAST_HISTORY) < 0 || history.compareTo(MOST_HISTORY) > 0) {
            throw new IllegalArgumentException("history: " + history + " (expected: 1 to 30 days)");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
