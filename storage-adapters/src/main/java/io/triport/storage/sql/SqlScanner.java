package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;

/** Takes a text apart as SQLite's own tokenizer does. Used by one thread, once. */
final class SqlScanner {
    /*
     * Where this one and SQLite's differed, at most a statement would be refused, or what is behind its end be ignored: SQLite
     * compiles the first statement of a text and nothing else, and its opcodes are judged besides. What must not differ is the first
     * word of a statement: a PRAGMA may take effect while it is compiled. Before a word there are only spaces, among them a byte
     * order mark, and comments.
     */
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String SPACES = " \t\n\f\r" + BYTE_ORDER_MARK;
    private static final String NAMED_PARAMETER = "$@:#";

    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlScanner(String text) {
        this.text = text;
    }

    /** Without spaces and comments. */
    static List<SqlToken> tokens(String text) {
        var scanner = new SqlScanner(text);
        while (scanner.at < text.length()) {
            scanner.next();
        }
        return scanner.tokens;
    }

    private void next() {
        var first = text.charAt(at);
        if (SPACES.indexOf(first) >= 0) {
            at++;
        } else if (text.startsWith("--", at)) {
            at = behind("\n", at);
        } else if (text.startsWith("/*", at)) {
            at = behind("*/", at + 2);
        } else if (first == '\'') {
            add(SqlToken.Kind.STRING, quoted(first));
        } else if (first == '"' || first == '`') {
            add(SqlToken.Kind.QUOTED, quoted(first));
        } else if (first == '[') {
            add(SqlToken.Kind.QUOTED, behind("]", at));
        } else if (first == ';') {
            add(SqlToken.Kind.SEMICOLON, at + 1);
        } else if (NAMED_PARAMETER.indexOf(first) >= 0) {
            add(SqlToken.Kind.OTHER, parameter());
        } else if (ofWord(first)) {
            add(SqlToken.Kind.WORD, wordEnd(at));
        } else {
            add(SqlToken.Kind.OTHER, at + 1);
        }
    }

    private void add(SqlToken.Kind kind, int end) {
        tokens.add(new SqlToken(kind, text.substring(at, end), at));
        at = end;
    }

    private int behind(String end, int from) {
        var found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    /** A quote that is doubled stands for itself. */
    private int quoted(char quote) {
        var end = at + 1;
        while (end < text.length()) {
            if (text.charAt(end) != quote) {
                end++;
            } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return end;
    }

    /** SQLite would take {@code $name(anything)} for one parameter, for the sake of Tcl; nobody needs that here. */
    private int parameter() {
        var end = wordEnd(at + 1);
        if (end > at + 1 && end < text.length() && "(:".indexOf(text.charAt(end)) >= 0) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "STATEMENT_REFUSED", "parameters of Tcl are not known");
        }
        return end;
    }

    private int wordEnd(int from) {
        var end = from;
        while (end < text.length() && ofWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean ofWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c > 0x7F;
    }
}
