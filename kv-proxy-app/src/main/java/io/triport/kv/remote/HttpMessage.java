package io.triport.kv.remote;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 message that is the body of a call (RFC 9112): the lines of its head end with CR LF, none is folded, and nothing is
 * chunked, since where the body ends is known.
 *
 * @param start the start line
 * @param rest what follows the head
 */
record HttpMessage(String start, Headers headers, Bytes rest) {
    private static final int LONGEST_HEAD = 65_536;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static HttpMessage read(Bytes bytes, String what) {
        var end = endOfHead(bytes);
        if (end < 0) {
            throw RemoteBody.wrong(what, "an HTTP message, whose head ends with an empty line");
        }
        var lines = new String(bytes.slice(0, end).toByteArray(), StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var fields = new HashMap<String, List<String>>();
        for (var at = 1; at < lines.length; at++) {
            var colon = lines[at].indexOf(':');
            var name = colon < 0 ? "" : lines[at].substring(0, colon);
            var value = lines[at].substring(colon + 1).strip();
            if (!NAME.matcher(name).matches() || !value.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\t')) {
                throw RemoteBody.wrong(what, "an HTTP message, whose fields are names with values");
            }
            fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(value);
        }
        if (fields.containsKey("transfer-encoding")) {
            throw RemoteBody.wrong(what, "an HTTP message without Transfer-Encoding");
        }
        return new HttpMessage(lines[0], new Headers(fields), bytes.slice(end + 4, bytes.size()));
    }

    /** What stands before the body. */
    static Bytes head(String start, Headers headers) {
        var head = new StringBuilder(start).append("\r\n");
        headers.fields()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        return Bytes.copyOf(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Where the empty line begins; -1 where there is none within 64 KiB. */
    private static int endOfHead(Bytes bytes) {
        var last = Math.min(bytes.size(), LONGEST_HEAD) - 4;
        for (var at = 0; at <= last; at++) {
            if (bytes.at(at) == '\r'
                    && bytes.at(at + 1) == '\n'
                    && bytes.at(at + 2) == '\r'
                    && bytes.at(at + 3) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
