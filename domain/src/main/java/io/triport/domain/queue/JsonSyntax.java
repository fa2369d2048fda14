package io.triport.domain.queue;

import io.triport.domain.request.Bytes;

/** Whether text is one JSON value (RFC 8259), nested at most 500 deep. */
final class JsonSyntax {
    private static final int DEEPEST = 500;
    private static final int END = -1;

    private final Bytes text;
    private int at;

    private JsonSyntax(Bytes text) {
        this.text = text;
    }

    /** @param utf8 of text, which is not looked at again */
    static boolean valid(Bytes utf8) {
        var syntax = new JsonSyntax(utf8);
        return syntax.value(0) && syntax.next() == END;
    }

    private boolean value(int depth) {
        return switch (next()) {
            case '{' -> depth < DEEPEST && members(depth + 1);
            case '[' -> depth < DEEPEST && elements(depth + 1);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean members(int depth) {
        at++;
        if (next() == '}') {
            at++;
            return true;
        }
        while (next() == '"' && string() && next() == ':') {
            at++;
            if (!value(depth)) {
                return false;
            }
            var separator = next();
            at++;
            if (separator != ',') {
                return separator == '}';
            }
        }
        return false;
    }

    private boolean elements(int depth) {
        at++;
        if (next() == ']') {
            at++;
            return true;
        }
        while (value(depth)) {
            var separator = next();
            at++;
            if (separator != ',') {
                return separator == ']';
            }
        }
        return false;
    }

    private boolean string() {
        at++;
        for (var c = peek(); c != END; c = peek()) {
            at++;
            if (c == '"') {
                return true;
            }
            if (c < ' ' || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        var c = peek();
        at++;
        if (c != 'u') {
            return c != END && "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (var digits = 0; digits < 4; digits++) {
            if (Character.digit(peek(), 16) < 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean number() {
        skip('-');
        if (!skip('0') && !digits()) {
            return false;
        }
        if (skip('.') && !digits()) {
            return false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        var from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }

    private boolean word(String word) {
        for (var i = 0; i < word.length(); i++) {
            if (!skip(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** What comes after white space. */
    private int next() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
        return peek();
    }

    /** Unsigned, so that a byte of a longer character is not taken for the end. */
    private int peek() {
        return at < text.size() ? text.at(at) & 0xFF : END;
    }
}
