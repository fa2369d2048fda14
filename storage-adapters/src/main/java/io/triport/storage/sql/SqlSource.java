package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The statements of a file, of which one is held at a time. Used by one thread. */
final class SqlSource {
    private static final int END = -1;

    private final Reader from;
    private final int longest;
    private final Deque<SqlText> found = new ArrayDeque<>();
    private final StringBuilder held = new StringBuilder();
    private boolean ended;

    /** @param longest a statement may be, in characters @param from reads fast character by character */
    SqlSource(Reader from, int longest) {
        this.from = from;
        this.longest = longest;
    }

    /** The next statement; null at the end. */
    @Nullable
    SqlText next() throws IOException {
        while (found.isEmpty() && !ended) {
            toSemicolon();
            if (ended || SqlText.whole(held.toString())) {
                found.addAll(SqlText.all(held.toString()));
                held.setLength(0);
            }
        }
        return found.poll();
    }

    /** Up to one that is not in quotes or a comment. Whether it ends the statement is for others to say. */
    private void toSemicolon() throws IOException {
        for (var c = read(); c != END; c = read()) {
            switch (c) {
                case ';' -> {
                    return;
                }
                case '\'', '"', '`' -> to(c);
                case '[' -> to(']');
                case '-' -> {
                    if (peek() == '-') {
                        to('\n');
                    }
                }
                case '/' -> {
                    if (peek() == '*') {
                        read();
                        toCommentEnd();
                    }
                }
                default -> {}
            }
        }
        ended = true;
    }

    private void to(int end) throws IOException {
        var c = read();
        while (c != end && c != END) {
            c = read();
        }
    }

    private void toCommentEnd() throws IOException {
        var before = read();
        for (var c = read(); c != END && !(before == '*' && c == '/'); c = read()) {
            before = c;
        }
    }

    private int peek() throws IOException {
        from.mark(1);
        var c = from.read();
        from.reset();
        return c;
    }

    private int read() throws IOException {
        var c = from.read();
        if (c == 0) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "STATEMENT_REFUSED", "a NUL is in the file");
        }
        if (c != END) {
            held.append((char) c);
        }
        if (held.length() > longest) {
            throw SqlErrors.refused(
                    FailureCode.TOO_LARGE,
                    "SQLITE_TOOBIG",
                    "statement: longer than " + longest + " characters (expected: at most that)");
        }
        return c;
    }
}
