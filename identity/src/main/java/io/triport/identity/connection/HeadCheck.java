package io.triport.identity.connection;

import static io.triport.identity.connection.EdgeRefusal.EXPECTATION_FAILED;
import static io.triport.identity.connection.EdgeRefusal.HEADERS_TOO_LARGE;
import static io.triport.identity.connection.EdgeRefusal.MALFORMED_HOST;
import static io.triport.identity.connection.EdgeRefusal.MALFORMED_REQUEST;
import static io.triport.identity.connection.EdgeRefusal.METHOD_NOT_ALLOWED;
import static io.triport.identity.connection.EdgeRefusal.TOO_MANY_PARAMETERS;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one request head, without their line ends, and keeps only what decides where its message ends. */
final class HeadCheck {
    /*
     * Rules
     *
     * RFC 9112 read strictly: what it lets a recipient repair is refused, because two recipients repair differently.
     * Stricter than the text in three places: a last coding other than plain `chunked` is refused and not answered with
     * 501; HTTP/1.0 needs a Host as well; the authority of an absolute target must equal Host.
     */
    static final long NO_LENGTH = -1;

    private static final byte[] HTTP_1 = ascii("HTTP/1.");
    private static final byte[] HOST = ascii("host");
    private static final byte[] EXPECT = ascii("expect");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] CONTINUE = ascii("100-continue");
    private static final byte[] CONNECT = ascii("CONNECT");
    private static final byte[] TRACE = ascii("TRACE");
    private static final byte[] OPTIONS = ascii("OPTIONS");
    private static final byte[] HEAD = ascii("HEAD");
    private static final byte[] HTTP_SCHEME = ascii("http://");
    private static final byte[] HTTPS_SCHEME = ascii("https://");
    private static final byte[] NONE = {};
    private static final int MOST_LENGTH_DIGITS = 18;
    private static final int MOST_PORT = 65_535;

    private static final boolean[] TOKEN = letters("!#$%&'*+-.^_`|~");
    // RFC 3986 and, as browsers send them raw in queries, [ ] { } | ^ and the backtick.
    private static final boolean[] TARGET = letters("-._~%!$&'()*+,;=:@/?[]{}|^`");
    private static final boolean[] HOST_NAME = letters("-._~");
    private static final boolean[] VALUE = values();

    private final EdgeLimits.Head limits;
    private final long mostLength;

    private boolean oldVersion;
    private boolean headMethod;
    private boolean chunked;
    private int fields;
    private long length = NO_LENGTH;
    private byte[] host = NONE;
    private byte[] authority = NONE;

    HeadCheck(EdgeLimits.Head limits, long mostLength) {
        this.limits = limits;
        this.mostLength = mostLength;
    }

    void reset() {
        oldVersion = false;
        headMethod = false;
        chunked = false;
        fields = 0;
        length = NO_LENGTH;
        host = NONE;
        authority = NONE;
    }

    boolean asksForHeadOnly() {
        return headMethod;
    }

    boolean hasChunks() {
        return chunked;
    }

    /** The declared length of the body, or {@link #NO_LENGTH}. */
    long length() {
        return length;
    }

    static boolean opensRequestLine(byte first) {
        return TOKEN[first & 0xFF] || first == '\r';
    }

    @Nullable
    EdgeRefusal requestLine(byte[] line, int end) {
        var methodEnd = skip(TOKEN, line, 0, end);
        if (methodEnd == 0 || methodEnd >= end || line[methodEnd] != ' ') {
            return MALFORMED_REQUEST;
        }
        var target = methodEnd + 1;
        var targetEnd = skip(TARGET, line, target, end);
        if (targetEnd == target || targetEnd >= end || line[targetEnd] != ' ' || !version(line, targetEnd + 1, end)) {
            return MALFORMED_REQUEST;
        }
        if (equal(CONNECT, line, 0, methodEnd) || equal(TRACE, line, 0, methodEnd)) {
            return METHOD_NOT_ALLOWED;
        }
        headMethod = equal(HEAD, line, 0, methodEnd);
        if (!targetForm(line, methodEnd, targetEnd)) {
            return MALFORMED_REQUEST;
        }
        return parameters(line, target, targetEnd) > limits.parameters() ? TOO_MANY_PARAMETERS : null;
    }

    @Nullable
    EdgeRefusal field(byte[] line, int end) {
        if (++fields > limits.fields()) {
            return HEADERS_TOO_LARGE;
        }
        var nameEnd = nameOfSoundField(line, end);
        if (nameEnd < 0) {
            return MALFORMED_REQUEST;
        }
        return switch (nameEnd) {
            case 4 -> named(HOST, line) ? host(line, end) : null;
            case 6 -> named(EXPECT, line) ? expect(line, end) : null;
            case 14 -> named(CONTENT_LENGTH, line) ? contentLength(line, end) : null;
            case 17 -> named(TRANSFER_ENCODING, line) ? transferEncoding(line, end) : null;
            default -> null;
        };
    }

    @Nullable
    EdgeRefusal end() {
        if (chunked && (length != NO_LENGTH || oldVersion)) {
            return MALFORMED_REQUEST;
        }
        var named = host.length > 0 && (authority.length == 0 || equalIgnoringCase(authority, host, 0, host.length));
        return named ? null : MALFORMED_HOST;
    }

    /** Where the name of a well-formed field line ends, or -1 for a line that is none (folds and blanks included). */
    static int nameOfSoundField(byte[] line, int end) {
        var nameEnd = skip(TOKEN, line, 0, end);
        if (nameEnd == 0 || nameEnd >= end || line[nameEnd] != ':') {
            return -1;
        }
        return sound(line, nameEnd + 1, end) ? nameEnd : -1;
    }

    /** Whether all these bytes may stand in a field value: no control but the tab. */
    static boolean sound(byte[] line, int from, int end) {
        return skip(VALUE, line, from, end) == end;
    }

    static int skipToken(byte[] line, int from, int end) {
        return skip(TOKEN, line, from, end);
    }

    static int skipBlanks(byte[] line, int from, int end) {
        var at = from;
        while (at < end && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
        return at;
    }

    private boolean version(byte[] line, int from, int end) {
        if (end - from != HTTP_1.length + 1 || !equal(HTTP_1, line, from, end - 1)) {
            return false;
        }
        oldVersion = line[end - 1] == '0';
        return oldVersion || line[end - 1] == '1';
    }

    private boolean targetForm(byte[] line, int methodEnd, int end) {
        var from = methodEnd + 1;
        if (line[from] == '/') {
            return true;
        }
        if (line[from] == '*') {
            return end - from == 1 && equal(OPTIONS, line, 0, methodEnd);
        }
        var host = startsWith(HTTP_SCHEME, line, from, end)
                ? from + HTTP_SCHEME.length
                : startsWith(HTTPS_SCHEME, line, from, end) ? from + HTTPS_SCHEME.length : end;
        var hostEnd = host;
        while (hostEnd < end && line[hostEnd] != '/' && line[hostEnd] != '?') {
            hostEnd++;
        }
        authority = Arrays.copyOfRange(line, host, hostEnd);
        return authority.length > 0;
    }

    private static int parameters(byte[] line, int from, int end) {
        var at = from;
        while (at < end && line[at] != '?') {
            at++;
        }
        if (at >= end - 1) {
            return 0;
        }
        var parameters = 1;
        for (at++; at < end; at++) {
            if (line[at] == '&') {
                parameters++;
            }
        }
        return parameters;
    }

    private @Nullable EdgeRefusal host(byte[] line, int end) {
        var from = skipBlanks(line, HOST.length + 1, end);
        var to = valueEnd(line, from, end);
        if (host.length > 0 || !hostAndPort(line, from, to)) {
            return MALFORMED_HOST;
        }
        host = Arrays.copyOfRange(line, from, to);
        return null;
    }

    private static boolean hostAndPort(byte[] line, int from, int end) {
        var literal = from < end && line[from] == '[';
        var hostEnd = literal ? literalEnd(line, from, end) : skip(HOST_NAME, line, from, end);
        if (hostEnd <= from) {
            return false;
        }
        return hostEnd == end || line[hostEnd] == ':' && port(line, hostEnd + 1, end);
    }

    private static int literalEnd(byte[] line, int from, int end) {
        var close = from + 1;
        while (close < end && line[close] != ']') {
            close++;
        }
        if (close >= end) {
            return -1;
        }
        var text = new String(line, from + 1, close - from - 1, US_ASCII);
        try {
            Cidr.literal(text);
            return text.indexOf(':') < 0 ? -1 : close + 1;
        } catch (InvalidInput e) {
            return -1;
        }
    }

    private static boolean port(byte[] line, int from, int end) {
        var port = digits(line, from, end, 5);
        return port >= 0 && port <= MOST_PORT;
    }

    private static @Nullable EdgeRefusal expect(byte[] line, int end) {
        var from = skipBlanks(line, EXPECT.length + 1, end);
        return equalIgnoringCase(CONTINUE, line, from, valueEnd(line, from, end)) ? null : EXPECTATION_FAILED;
    }

    private @Nullable EdgeRefusal contentLength(byte[] line, int end) {
        var from = skipBlanks(line, CONTENT_LENGTH.length + 1, end);
        var value = digits(line, from, valueEnd(line, from, end), MOST_LENGTH_DIGITS);
        if (length != NO_LENGTH || value < 0 || value > mostLength) {
            return MALFORMED_REQUEST;
        }
        length = value;
        return null;
    }

    private @Nullable EdgeRefusal transferEncoding(byte[] line, int end) {
        var from = skipBlanks(line, TRANSFER_ENCODING.length + 1, end);
        if (chunked || !equal(CHUNKED, line, from, valueEnd(line, from, end))) {
            return MALFORMED_REQUEST;
        }
        chunked = true;
        return null;
    }

    private static long digits(byte[] line, int from, int end, int most) {
        if (from >= end || end - from > most) {
            return -1;
        }
        var value = 0L;
        for (var at = from; at < end; at++) {
            var digit = line[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int valueEnd(byte[] line, int from, int end) {
        var at = end;
        while (at > from && (line[at - 1] == ' ' || line[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    private static int skip(boolean[] allowed, byte[] line, int from, int end) {
        var at = from;
        while (at < end && allowed[line[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private static boolean named(byte[] name, byte[] line) {
        return equalIgnoringCase(name, line, 0, name.length);
    }

    private static boolean startsWith(byte[] text, byte[] line, int from, int end) {
        return end - from >= text.length && equalIgnoringCase(text, line, from, from + text.length);
    }

    private static boolean equal(byte[] text, byte[] line, int from, int end) {
        return Arrays.equals(text, 0, text.length, line, from, end);
    }

    private static boolean equalIgnoringCase(byte[] text, byte[] line, int from, int end) {
        if (end - from != text.length) {
            return false;
        }
        for (var i = 0; i < text.length; i++) {
            if (lower(text[i]) != lower(line[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private static boolean[] letters(String others) {
        var allowed = new boolean[256];
        for (var c = 0; c < 128; c++) {
            allowed[c] = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || others.indexOf(c) >= 0;
        }
        return allowed;
    }

    private static boolean[] values() {
        var allowed = new boolean[256];
        for (var c = 0; c < allowed.length; c++) {
            allowed[c] = c == '\t' || c >= ' ' && c != 0x7F;
        }
        return allowed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
