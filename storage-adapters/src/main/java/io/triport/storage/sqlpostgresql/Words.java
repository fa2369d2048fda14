package io.triport.storage.sqlpostgresql;

import java.util.ArrayList;
import java.util.List;

/** Takes a text apart as PostgreSQL's own lexer does (documentation, section 4.1). Used by one thread, once. */
final class Words {
    /*
     * It finds where statements end, which word one begins with, and where its parameters are. Nothing worse than an error comes of
     * a difference to the server's lexer: the driver is asked how many statements it would send, and the server takes one at a time.
     */
    private static final String SPACES = " \t\n\u000B\f\r";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    /** A piece of a text. @param number of a parameter that says it, else 0 */
    record Word(Kind kind, String text, int from, int to, int number) {
        boolean sign(String other) {
            return kind == Kind.OTHER && text.equals(other);
        }
    }

    /** What a piece can be. */
    enum Kind {
        /** A keyword, a name or a number without quotes. */
        PLAIN,
        QUOTED,
        PARAMETER,
        SEMICOLON,
        OTHER
    }

    /** Without spaces and comments. */
    static List<Word> of(String text) {
        var words = new Words(text);
        while (words.at < text.length()) {
            words.next();
        }
        return words.words;
    }

    private void next() {
        var first = text.charAt(at);
        if (SPACES.indexOf(first) >= 0 || first == BYTE_ORDER_MARK) {
            at++;
        } else if (text.startsWith("--", at)) {
            at = lineEnd();
        } else if (text.startsWith("/*", at)) {
            at = commentEnd();
        } else if (first == '\'') {
            add(Kind.QUOTED, quoted(at, first), 0);
        } else if (first == '"') {
            add(Kind.QUOTED, quoted(at, first), 0);
        } else if ((first == 'e' || first == 'E') && text.startsWith("'", at + 1)) {
            add(Kind.QUOTED, escaped(at + 1), 0);
        } else if (ofName(first)) {
            add(Kind.PLAIN, nameEnd(at), 0);
        } else if (first == '$') {
            dollar();
        } else if (first == '?') {
            question();
        } else {
            add(first == ';' ? Kind.SEMICOLON : Kind.OTHER, at + 1, 0);
        }
    }

    private void add(Kind kind, int to, int number) {
        words.add(new Word(kind, text.substring(at, to), at, to, number));
        at = to;
    }

    private int lineEnd() {
        var end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Comments lie within each other. */
    private int commentEnd() {
        var depth = 0;
        var end = at;
        while (end < text.length()) {
            if (text.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (text.startsWith("*/", end)) {
                depth--;
                end += 2;
                if (depth == 0) {
                    return end;
                }
            } else {
                end++;
            }
        }
        return end;
    }

    /** A doubled quote is read as two texts side by side, which ends where the one does. */
    private int quoted(int from, char quote) {
        var end = text.indexOf(quote, from + 1);
        return end < 0 ? text.length() : end + 1;
    }

    /** A text with backslashes goes on behind the end of its line. */
    private int escaped(int from) {
        var end = from + 1;
        while (end < text.length()) {
            var c = text.charAt(end);
            if (c == '\\' || text.startsWith("''", end)) {
                end += 2;
            } else if (c == '\'') {
                var more = continued(end + 1);
                return more < 0 ? end + 1 : escaped(more);
            } else {
                end++;
            }
        }
        return text.length();
    }

    private int continued(int from) {
        var end = from;
        var line = false;
        while (end < text.length() && SPACES.indexOf(text.charAt(end)) >= 0) {
            line |= text.charAt(end) == '\n' || text.charAt(end) == '\r';
            end++;
        }
        return line && text.startsWith("'", end) ? end : -1;
    }

    private int nameEnd(int from) {
        var end = from;
        while (end < text.length() && (ofName(text.charAt(end)) || text.charAt(end) == '$')) {
            end++;
        }
        return end;
    }

    /** {@code $1}, {@code $tag$ .. $tag$}, or neither. */
    private void dollar() {
        var digits = digitsEnd(at + 1);
        if (digits > at + 1) {
            add(Kind.PARAMETER, digits, number(at + 1, digits));
            return;
        }
        var tagEnd = at + 1;
        while (tagEnd < text.length() && ofName(text.charAt(tagEnd))) {
            tagEnd++;
        }
        if (!text.startsWith("$", tagEnd)) {
            add(Kind.OTHER, at + 1, 0);
            return;
        }
        var tag = text.substring(at, tagEnd + 1);
        var end = text.indexOf(tag, tagEnd + 1);
        add(Kind.QUOTED, end < 0 ? text.length() : end + tag.length(), 0);
    }

    /** {@code ?}, {@code ?1}, or {@code ??}, which is the operator of one question mark. */
    private void question() {
        if (text.startsWith("??", at)) {
            add(Kind.OTHER, at + 2, 0);
            return;
        }
        var digits = digitsEnd(at + 1);
        add(Kind.PARAMETER, digits, number(at + 1, digits));
    }

    private int digitsEnd(int from) {
        var end = from;
        while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0 && text.charAt(end) < 0x7F) {
            end++;
        }
        return end;
    }

    /** 0 where there is none; what is too large for an int is as wrong as any that is too large. */
    private int number(int from, int to) {
        if (from == to) {
            return 0;
        }
        try {
            return Integer.parseInt(text, from, to, 10);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static boolean ofName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c > 0x7F;
    }
}
