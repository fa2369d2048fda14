package io.triport.manager.cloudflare;

import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A form whose fields are parts of a body with a boundary between (RFC 7578). @param parts by their names, the last of each */
public record Multipart(Map<String, Bytes> parts) {
    private static final String TYPE = "multipart/form-data";
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*?\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70})).*");
    private static final Pattern NAME =
            Pattern.compile("(?i)(?:^|;)\\s*name=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))");
    private static final String LINE_END = "\r\n";
    private static final String END = "--";
    private static final int LONGEST_HEAD = 16_384;

    public Multipart {
        parts = Map.copyOf(parts);
    }

    /** Whether a content type is that of such a form. */
    public static boolean is(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /** Empty where there is none of the name. */
    public Optional<Bytes> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where it is not as the content type says */
    public static Multipart parse(String contentType, Bytes body) {
        var found = BOUNDARY.matcher(contentType.strip());
        if (!found.matches()) {
            throw malformed();
        }
        var boundary = found.group(1) == null ? found.group(2) : found.group(1);
        return new Multipart(parts(body, ("--" + boundary).getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Bytes> parts(Bytes body, byte[] delimiter) {
        var parts = new HashMap<String, Bytes>();
        var at = next(body, delimiter, 0);
        while (at >= 0) {
            if (startsWith(body, at + delimiter.length, END)) {
                return parts;
            }
            var head = endOfLine(body, at + delimiter.length);
            var value = endOfHead(body, head);
            // The line end that ends the head may be the one before a delimiter too: then there is no value.
            var next = next(body, delimiter, value - 2);
            parts.put(name(body.slice(head, value)), body.slice(value, Math.max(value, next - 2)));
            at = next;
        }
        throw malformed();
    }

    /** Where a delimiter stands: on a line of its own, behind it blanks at most (RFC 2046 section 5.1.1). */
    private static int next(Bytes body, byte[] delimiter, int from) {
        var at = indexOf(body, delimiter, from);
        while (at >= 0) {
            var behind = at + delimiter.length;
            if ((at == 0 || startsWith(body, at - 2, LINE_END))
                    && (startsWith(body, behind, END) || endOfLine(body, behind) >= 0)) {
                return at;
            }
            at = indexOf(body, delimiter, at + 1);
        }
        return -1;
    }

    /** Behind the line end that follows blanks; -1 where something else does. */
    private static int endOfLine(Bytes body, int from) {
        var at = from;
        while (at < body.size() && (body.at(at) == ' ' || body.at(at) == '\t')) {
            at++;
        }
        return startsWith(body, at, LINE_END) ? at + 2 : -1;
    }

    /** Behind the empty line that ends the head of a part. */
    private static int endOfHead(Bytes body, int from) {
        for (var at = from; at < Math.min(body.size(), from + LONGEST_HEAD); at++) {
            if (startsWith(body, at, "\r\n\r\n")) {
                return at + 4;
            }
        }
        throw malformed();
    }

    private static String name(Bytes head) {
        for (var line : new String(head.toByteArray(), StandardCharsets.UTF_8).split("\r\n")) {
            var colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("content-disposition")) {
                var name = NAME.matcher(line.substring(colon + 1));
                if (name.find()) {
                    return name.group(1) == null ? name.group(2) : name.group(1);
                }
            }
        }
        throw malformed();
    }

    private static boolean startsWith(Bytes body, int at, String text) {
        if (at < 0 || at + text.length() > body.size()) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (body.at(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(Bytes body, byte[] wanted, int from) {
        for (var at = Math.max(0, from); at + wanted.length <= body.size(); at++) {
            var i = 0;
            while (i < wanted.length && body.at(at + i) == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static RuntimeException malformed() {
        return Problem.INVALID_ARGUMENT.refused("The form is not what its content type says");
    }
}
