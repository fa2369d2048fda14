package io.triport.kv.wire;

import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes compact JSON, with strings as {@code JSON.stringify} of ECMAScript writes them. Not safe for many threads. */
public final class JsonWriter {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LEAST = 256;

    private final ByteArrayOutputStream out;
    private boolean comma;

    public JsonWriter() {
        this(0);
    }

    /** @param expected bytes that will be written; more may come */
    public JsonWriter(int expected) {
        this.out = new ByteArrayOutputStream(Math.max(LEAST, expected));
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        separate();
        string(name);
        out.write(':');
        comma = false;
        return this;
    }

    public JsonWriter text(String text) {
        separate();
        string(text);
        comma = true;
        return this;
    }

    public JsonWriter number(long number) {
        return raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    public JsonWriter truth(boolean truth) {
        return raw(Boolean.toString(truth).getBytes(StandardCharsets.US_ASCII));
    }

    public JsonWriter none() {
        return raw("null".getBytes(StandardCharsets.US_ASCII));
    }

    /** A value that is JSON already. */
    public JsonWriter json(Bytes json) {
        return raw(json.toByteArray());
    }

    public JsonWriter value(Json json) {
        switch (json) {
            case Json.Text text -> text(text.value());
            case Json.Numeral number -> raw(number.digits().getBytes(StandardCharsets.US_ASCII));
            case Json.Truth truth -> truth(truth.value());
            case Json.Null none -> none();
            case Json.Array array -> {
                beginArray();
                array.items().forEach(this::value);
                endArray();
            }
            case Json.Members members -> {
                beginObject();
                members.members().forEach((name, member) -> name(name).value(member));
                endObject();
            }
        }
        return this;
    }

    public Bytes bytes() {
        return Bytes.copyOf(out.toByteArray());
    }

    private JsonWriter open(char bracket) {
        separate();
        out.write(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.write(bracket);
        comma = true;
        return this;
    }

    private JsonWriter raw(byte[] bytes) {
        separate();
        out.writeBytes(bytes);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.write(',');
        }
    }

    private void string(String text) {
        out.write('"');
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            if (escaped(text, i)) {
                plain(text.substring(start, i));
                escape(text.charAt(i));
                start = i + 1;
            }
        }
        plain(start == 0 ? text : text.substring(start));
        out.write('"');
    }

    /** UTF-8 cannot carry half a surrogate pair, so it is escaped like a control character. */
    private static boolean escaped(String text, int index) {
        var c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return c < FIRST_PRINTABLE || c == '"' || c == '\\';
    }

    private void escape(char c) {
        plain(
                switch (c) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default -> "\\u" + HexFormat.of().toHexDigits(c);
                });
    }

    private void plain(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
