package io.triport.domain.table;

import java.util.List;
import java.util.Optional;

/** Walks through a JSON text to one value (RFC 8259). A text that is no JSON has no values. Used by one thread. */
final class JsonPath {
    private static final int DEEPEST = 64;
    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private int at;

    private JsonPath(String text) {
        this.text = text;
    }

    /** The string at the end of the path, or the JSON text of another value as it stands there; the last of equal names counts. */
    static Optional<String> value(String json, List<String> path) {
        try {
            var walk = new JsonPath(json);
            var found = walk.find(path, 0);
            walk.skipSpace();
            return walk.at == json.length() ? found : Optional.empty();
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<String> find(List<String> path, int depth) {
        if (depth == path.size()) {
            return Optional.of(whole(depth));
        }
        skipSpace();
        if (text.charAt(at) != '{') {
            skipValue(depth);
            return Optional.empty();
        }
        Optional<String> found = Optional.empty();
        at++;
        for (skipSpace(); text.charAt(at) != '}'; skipSpace()) {
            var name = string();
            expect(':');
            if (name.equals(path.get(depth))) {
                found = find(path, depth + 1);
            } else {
                skipValue(depth + 1);
            }
            skipSpace();
            if (text.charAt(at) == ',') {
                at++;
            } else if (text.charAt(at) != '}') {
                throw new NumberFormatException("json: " + at);
            }
        }
        at++;
        return found;
    }

    private String whole(int depth) {
        skipSpace();
        if (text.charAt(at) == '"') {
            return string();
        }
        var start = at;
        skipValue(depth);
        return text.substring(start, at);
    }

    private void skipValue(int depth) {
        if (depth > DEEPEST) {
            throw new NumberFormatException("json: too deep");
        }
        skipSpace();
        switch (text.charAt(at)) {
            case '"' -> string();
            case '{' -> skipMembers('}', depth);
            case '[' -> skipMembers(']', depth);
            default -> skipWord();
        }
    }

    private void skipMembers(char end, int depth) {
        at++;
        for (skipSpace(); text.charAt(at) != end; skipSpace()) {
            if (text.charAt(at) == ',' || text.charAt(at) == ':') {
                at++;
            } else {
                skipValue(depth + 1);
            }
        }
        at++;
    }

    private void skipWord() {
        var start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw new NumberFormatException("json: " + at);
        }
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        while (text.charAt(at) != '"') {
            value.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        return switch (text.charAt(at)) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += UNICODE_DIGITS;
                yield (char) Integer.parseInt(text, at - UNICODE_DIGITS + 1, at + 1, HEX);
            }
            default -> text.charAt(at);
        };
    }

    private void expect(char sign) {
        skipSpace();
        if (text.charAt(at) != sign) {
            throw new NumberFormatException("json: " + at);
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
