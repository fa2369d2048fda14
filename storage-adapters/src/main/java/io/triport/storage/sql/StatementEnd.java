package io.triport.storage.sql;

/** Finds where statements end: at a semicolon, unless it is one within a trigger. Used by one thread. */
final class StatementEnd {
    /** As SQLite decides it (sqlite3_complete, "Determine If An SQL Statement Is Complete"), by states and kinds of words. */
    private static final int[][] NEXT = {
        {0, 1, 2, 3, 1, 1, 1},
        {0, 1, 1, 1, 1, 1, 1},
        {0, 2, 1, 3, 1, 1, 1},
        {0, 1, 1, 1, 3, 4, 1},
        {5, 4, 4, 4, 4, 4, 4},
        {5, 4, 4, 4, 4, 4, 6},
        {0, 4, 4, 4, 4, 4, 4},
    };

    private static final int SEMICOLON = 0;
    private static final int OTHER = 1;
    private static final int EXPLAIN = 2;
    private static final int CREATE = 3;
    private static final int TEMPORARY = 4;
    private static final int TRIGGER = 5;
    private static final int END = 6;

    private int state;

    /** Whether the token ends a statement. */
    boolean after(SqlToken token) {
        var kind = kind(token);
        state = NEXT[state][kind];
        return kind == SEMICOLON && state == 0;
    }

    private static int kind(SqlToken token) {
        return switch (token.kind()) {
            case SEMICOLON -> SEMICOLON;
            case QUOTED, STRING, OTHER -> OTHER;
            case WORD ->
                switch (token.name()) {
                    case "explain" -> EXPLAIN;
                    case "create" -> CREATE;
                    case "temp", "temporary" -> TEMPORARY;
                    case "trigger" -> TRIGGER;
                    case "end" -> END;
                    default -> OTHER;
                };
        };
    }
}
