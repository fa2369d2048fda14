package io.triport.manager.database;

import io.triport.domain.sql.Sql;
import java.util.Locale;
import java.util.Set;

/**
 * Statements that can only read, by the word that they begin with. Nothing is decided by it but whether the audit is told before: the
 * database is opened so that they cannot write, whatever they are.
 */
final class ReadingSql {
    private static final Set<String> WORDS = Set.of("select", "values", "explain");
    private static final String BLANKS = " \t\n\f\r";

    private ReadingSql() {}

    static boolean is(Sql statement) {
        var text = statement.text();
        var start = start(text);
        var end = start;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return WORDS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    /** Behind blanks and comments (SQL Comment Syntax, SQLite). */
    private static int start(String text) {
        var at = 0;
        while (at < text.length()) {
            var next = behind(text, at);
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static int behind(String text, int at) {
        if (BLANKS.indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        if (text.startsWith("--", at)) {
            return behind(text, "\n", at);
        }
        return text.startsWith("/*", at) ? behind(text, "*/", at + 2) : at;
    }

    private static int behind(String text, String end, int from) {
        var found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
