package io.triport.identity.connection;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A second opinion: RFC 9112 with our refusals, by regular expressions over the whole text, slow and without state. */
final class StrictParser {
    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final String VALUE = "[\\t\\x20-\\x7E\\x80-\\xFF]*";
    private static final String GROUP = "[0-9A-Fa-f]{1,4}";
    private static final String GROUPS = "(?:" + GROUP + "(?::" + GROUP + "){0,6})?";
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String LAST = "(?:" + GROUP + "|" + IPV4 + ")";
    private static final String IPV6 = "(?:(?:" + GROUP + ":){7}" + GROUP + "|(?:" + GROUP + ":){6}" + IPV4 + "|"
            + GROUPS + "::(?:(?:" + GROUP + ":){0,6}" + LAST + ")?)";
    private static final String AUTHORITY = "(?:[0-9A-Za-z\\-._~]+|\\[" + IPV6 + "\\])(?::[0-9]{1,5})?";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + ") ([0-9A-Za-z\\-._~%!$&'()*+,;=:@/?\\[\\]{}|^`]+) HTTP/1\\.([01])");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[\\t ]*(" + VALUE + "?)[\\t ]*");
    private static final String QUOTED = "\"(?:[\\t !\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\\t -~\\x80-\\xFF])*\"";
    private static final String EXTENSION =
            "[\\t ]*;[\\t ]*" + TOKEN + "(?:[\\t ]*=[\\t ]*(?:" + TOKEN + "|" + QUOTED + "))?";
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})(?:" + EXTENSION + ")*");

    private final String text;
    private int at;

    StrictParser(String text) {
        this.text = text;
    }

    /** How many whole messages stand at the start of the text. */
    int messages() {
        var messages = 0;
        while (message()) {
            messages++;
        }
        return messages;
    }

    private boolean message() {
        if (text.startsWith("\r\n", at)) {
            at += 2;
        }
        var head = text.indexOf("\r\n\r\n", at);
        if (head < 0) {
            return false;
        }
        var lines = List.of(text.substring(at, head).split("\r\n", -1));
        at = head + 4;
        var start = REQUEST_LINE.matcher(lines.getFirst());
        var fields = lines.subList(1, lines.size());
        if (!start.matches()
                || !fields.stream().allMatch(field -> FIELD.matcher(field).matches())) {
            return false;
        }
        return method(start.group(1))
                && host(start.group(1), start.group(2), values(fields, "host"))
                && values(fields, "expect").stream().allMatch("100-continue"::equalsIgnoreCase)
                && body(start.group(3), values(fields, "content-length"), values(fields, "transfer-encoding"));
    }

    private static boolean method(String method) {
        return !method.equals("TRACE") && !method.equals("CONNECT");
    }

    private static boolean host(String method, String target, List<String> hosts) {
        if (hosts.size() != 1 || !hosts.getFirst().matches(AUTHORITY)) {
            return false;
        }
        var port = hosts.getFirst().replaceFirst("^(\\[.*\\]|[^:]*):?", "");
        if (!port.isEmpty() && Integer.parseInt(port) > 65_535) {
            return false;
        }
        return target.startsWith("/")
                || target.equals("*") && method.equals("OPTIONS")
                || target.toLowerCase(Locale.ROOT)
                        .matches("https?://" + Pattern.quote(hosts.getFirst().toLowerCase(Locale.ROOT)) + "([/?].*)?");
    }

    private boolean body(String minor, List<String> lengths, List<String> codings) {
        if (lengths.size() + codings.size() > 1) {
            return false;
        }
        if (!codings.isEmpty()) {
            return minor.equals("1") && codings.getFirst().equals("chunked") && chunks();
        }
        if (lengths.isEmpty()) {
            return true;
        }
        return lengths.getFirst().matches("[0-9]{1,9}") && skip(Integer.parseInt(lengths.getFirst()));
    }

    private boolean chunks() {
        while (true) {
            var line = line();
            var size = CHUNK_SIZE.matcher(line);
            if (!size.matches()) {
                return false;
            }
            var bytes = Long.parseLong(size.group(1), 16);
            if (bytes == 0) {
                return trailers();
            }
            if (bytes > text.length() || !skip((int) bytes) || !line().isEmpty()) {
                return false;
            }
        }
    }

    private boolean trailers() {
        while (true) {
            var line = line();
            if (line.isEmpty()) {
                return true;
            }
            if (!FIELD.matcher(line).matches()) {
                return false;
            }
        }
    }

    /** The next line, or one that nothing matches. */
    private String line() {
        var end = text.indexOf("\r\n", at);
        var line = end < 0 ? "\0" : text.substring(at, end);
        at = end < 0 ? text.length() : end + 2;
        return line;
    }

    private boolean skip(int bytes) {
        at += bytes;
        return at <= text.length();
    }

    private static List<String> values(List<String> fields, String name) {
        return fields.stream()
                .map(FIELD::matcher)
                .filter(field -> field.matches() && field.group(1).equalsIgnoreCase(name))
                .map(field -> field.group(2))
                .toList();
    }
}
