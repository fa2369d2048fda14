package io.triport.domain.vector;

import io.triport.domain.failure.StorageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads one JSON value (RFC 8259), nested at most 64 deep. Used by one thread. */
final class JsonReader {
    private static final int DEEPEST = 64;
    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;
    private static final char END = '\uFFFF';

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for what is not one JSON value */
    static Json read(String text) {
        var reader = new JsonReader(text);
        var value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.bad();
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > DEEPEST) {
            throw VectorText.bad("json (expected: nested at most " + DEEPEST + " deep)");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> members(depth + 1);
            case '[' -> elements(depth + 1);
            case '"' -> new Json.Text(string());
            case 't' -> word(Json.Word.TRUE);
            case 'f' -> word(Json.Word.FALSE);
            case 'n' -> word(Json.Word.NULL);
            default -> number();
        };
    }

    private Json members(int depth) {
        var members = new LinkedHashMap<String, Json>();
        at++;
        if (skipped('}')) {
            return new Json.Members(members);
        }
        do {
            skipSpace();
            var name = string();
            expect(':');
            members.put(name, value(depth));
        } while (skipped(','));
        expect('}');
        return new Json.Members(members);
    }

    private Json elements(int depth) {
        List<Json> elements = new ArrayList<>();
        at++;
        if (skipped(']')) {
            return new Json.Elements(elements);
        }
        do {
            elements.add(value(depth));
        } while (skipped(','));
        expect(']');
        return new Json.Elements(elements);
    }

    private String string() {
        if (peek() != '"') {
            throw bad();
        }
        at++;
        var value = new StringBuilder();
        while (peek() != '"') {
            var c = peek();
            if (at >= text.length() || c < ' ') {
                throw bad();
            }
            at++;
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        var c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw bad();
        };
    }

    private char unicode() {
        var unit = 0;
        for (var digit = 0; digit < UNICODE_DIGITS; digit++) {
            var value = peek() < 128 ? Character.digit(peek(), HEX) : -1;
            if (value < 0) {
                throw bad();
            }
            unit = unit * HEX + value;
            at++;
        }
        return (char) unit;
    }

    private Json number() {
        var from = at;
        taken('-');
        if (!taken('0') && !digits()) {
            throw bad();
        }
        if (taken('.') && !digits()) {
            throw bad();
        }
        if (taken('e') || taken('E')) {
            if (!taken('+')) {
                taken('-');
            }
            if (!digits()) {
                throw bad();
            }
        }
        return new Json.Numeral(text.substring(from, at));
    }

    private boolean digits() {
        var from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }

    private Json word(Json.Word word) {
        if (!text.startsWith(word.word(), at)) {
            throw bad();
        }
        at += word.word().length();
        return word;
    }

    private boolean skipped(char wanted) {
        skipSpace();
        return taken(wanted);
    }

    private boolean taken(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!skipped(wanted)) {
            throw bad();
        }
    }

    private void skipSpace() {
        while (" \t\n\r".indexOf(peek()) >= 0) {
            at++;
        }
    }

    /** At the end a character that no Unicode text has. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private StorageFailure bad() {
        return VectorText.bad("json: wrong at character " + at);
    }
}
