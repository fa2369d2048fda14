package io.triport.gateway.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A path that means the same to us and to whoever is behind us, as sent and as it is compared.
 *
 * @param raw as the client sent it, which is what the upstream receives
 * @param decoded each segment percent-decoded once; no segment has a slash in it
 */
public record RequestPath(String raw, String decoded) {
    /*
     * What is refused
     *
     * Whatever another server could read as another path: dot segments in any spelling, escapes of slash, backslash and NUL,
     * escapes that hide escapes of these, empty segments, and bytes that are no text. Refused and not repaired, because the
     * path that was authorised must be the path that is sent.
     */
    private static final int HEX_RADIX = 16;

    /** Reads the path of a target; empty when it is refused. */
    public static Optional<RequestPath> read(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return Optional.empty();
        }
        var plain = true;
        for (var at = 0; at < raw.length(); at++) {
            var c = raw.charAt(at);
            if (c <= ' ' || c >= 0x7F || c == '\\' || c == '#' || c == '?') {
                return Optional.empty();
            }
            plain &= c != '%';
        }
        return plain ? plain(raw) : encoded(raw);
    }

    private static Optional<RequestPath> plain(String raw) {
        var from = 1;
        while (from <= raw.length()) {
            var end = segmentEnd(raw, from);
            if (from == end && end < raw.length() || dots(raw, from, end)) {
                return Optional.empty();
            }
            from = end + 1;
        }
        return Optional.of(new RequestPath(raw, raw));
    }

    private static Optional<RequestPath> encoded(String raw) {
        var decoded = new StringBuilder(raw.length());
        var from = 1;
        while (from <= raw.length()) {
            var end = segmentEnd(raw, from);
            var segment = decode(raw, from, end);
            if (segment.isEmpty() && end < raw.length() || !sound(segment)) {
                return Optional.empty();
            }
            decoded.append('/').append(segment);
            from = end + 1;
        }
        return Optional.of(new RequestPath(raw, decoded.toString()));
    }

    private static int segmentEnd(String path, int from) {
        var slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** The segment, or a text that is not {@link #sound}. */
    private static String decode(String raw, int from, int end) {
        var bytes = ByteBuffer.allocate(end - from);
        for (var at = from; at < end; at++) {
            var c = raw.charAt(at);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            var whole = at + 2 < end;
            var high = whole ? Character.digit(raw.charAt(at + 1), HEX_RADIX) : -1;
            var low = whole ? Character.digit(raw.charAt(at + 2), HEX_RADIX) : -1;
            if (high < 0 || low < 0) {
                return "\0";
            }
            bytes.put((byte) (high * HEX_RADIX + low));
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return "\0";
        }
    }

    private static boolean sound(String segment) {
        for (var at = 0; at < segment.length(); at++) {
            var c = segment.charAt(at);
            if (Character.isISOControl(c) || c == '/' || c == '\\' || c == '%' && hides(segment, at)) {
                return false;
            }
        }
        return !dots(segment, 0, segment.length());
    }

    /** Whether an escape that the first decoding left is one of dot, slash, backslash or NUL. */
    private static boolean hides(String segment, int percent) {
        if (percent + 2 >= segment.length()) {
            return false;
        }
        var escape = segment.substring(percent + 1, percent + 3);
        return escape.equalsIgnoreCase("2e")
                || escape.equalsIgnoreCase("2f")
                || escape.equalsIgnoreCase("5c")
                || escape.equals("00");
    }

    /** Whether a segment is {@code .} or {@code ..}, parameters aside. */
    private static boolean dots(String text, int from, int end) {
        var at = from;
        while (at < end && text.charAt(at) == '.') {
            at++;
        }
        var dots = at - from;
        return (dots == 1 || dots == 2) && (at == end || text.charAt(at) == ';');
    }
}
