package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the head of one stream by the rules of HTTP/1.1 and makes a request of it. */
final class StreamHead {
    /*
     * The same rules
     *
     * What HTTP/2 sends as fields is written as the lines that HTTP/1.1 would have sent, and these are judged. So a request is
     * sound on both or on none, and nothing passes here that the upstream's HTTP/1.1 would take for something else. What
     * only HTTP/2 knows is judged before (RFC 9113 section 8.2 and 8.3).
     */
    private static final Set<String> CONNECTION_SPECIFIC =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");
    private static final int LINE_END = 2;
    private static final int SEPARATORS = 4;

    private final EdgeLimits limits;
    private final HeadCheck check;
    private byte[] line = {};
    private long section;

    StreamHead(EdgeLimits limits) {
        this.limits = limits;
        this.check = new HeadCheck(limits.head(), limits.body().declared().bytes());
    }

    /** What became of a head. */
    sealed interface Outcome {}

    record Sound(HttpRequest request) implements Outcome {}

    record Unsound(EdgeRefusal why) implements Outcome {}

    /** @param whole whether no body follows */
    Outcome read(Http2Headers head, boolean whole) {
        var refusal = start(head);
        if (refusal != null) {
            return new Unsound(refusal);
        }
        var request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(head.method().toString()),
                head.path().toString());
        refusal = fields(head, request.headers());
        if (refusal == null) {
            refusal = check.end();
        }
        if (refusal != null) {
            return new Unsound(refusal);
        }
        if (!whole && check.length() == HeadCheck.NO_LENGTH) {
            request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new Sound(request);
    }

    /** Judges the fields behind a body. @return them, or empty where no fields of that kind may be there */
    Optional<HttpHeaders> trailers(Http2Headers fields) {
        var trailers = new DefaultHttpHeaders();
        var left = limits.body().trailers().bytes();
        for (var field : fields) {
            var name = field.getKey().toString();
            var value = field.getValue();
            left -= (long) name.length() + value.length() + SEPARATORS;
            var end = write(name, ": ", value, "");
            if (left < 0
                    || trailers.size() == limits.head().fields()
                    || CONNECTION_SPECIFIC.contains(name)
                    || padded(value)
                    || HeadCheck.nameOfSoundField(line, end) != name.length()) {
                return Optional.empty();
            }
            trailers.add(name, value.toString());
        }
        return Optional.of(trailers);
    }

    boolean asksForHeadOnly() {
        return check.asksForHeadOnly();
    }

    private @Nullable EdgeRefusal start(Http2Headers head) {
        var method = head.method();
        var path = head.path();
        var scheme = head.scheme();
        if (method == null || method.isEmpty()) {
            return EdgeRefusal.MALFORMED_REQUEST;
        }
        if (method.toString().equals("CONNECT")) {
            return EdgeRefusal.METHOD_NOT_ALLOWED; // it has no path, and a protocol instead where it is extended
        }
        if (path == null
                || path.isEmpty()
                || path.charAt(0) != '/' && !path.toString().equals("*")
                || scheme == null
                || !scheme.toString().equals("https") && !scheme.toString().equals("http")
                || head.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value())) {
            return EdgeRefusal.MALFORMED_REQUEST;
        }
        var end = write(method, " ", path, " HTTP/1.1");
        if (end + LINE_END > limits.head().requestLine().bytes()) {
            return EdgeRefusal.TARGET_TOO_LONG;
        }
        return HeadCheck.skipToken(line, 0, end) != method.length()
                ? EdgeRefusal.MALFORMED_REQUEST
                : check.requestLine(line, end);
    }

    private @Nullable EdgeRefusal fields(Http2Headers head, HttpHeaders into) {
        var authority = head.authority();
        if (authority != null) {
            var refusal = field("host", authority);
            if (refusal != null) {
                return refusal;
            }
            into.set(HttpHeaderNames.HOST, authority.toString());
        }
        for (var field : head) {
            if (field.getKey().charAt(0) != ':') {
                var refusal = field(field, authority, into);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    private @Nullable EdgeRefusal field(
            Map.Entry<CharSequence, CharSequence> field, @Nullable CharSequence authority, HttpHeaders into) {
        var name = field.getKey().toString();
        var value = field.getValue();
        if (CONNECTION_SPECIFIC.contains(name) || padded(value)) {
            return EdgeRefusal.MALFORMED_REQUEST;
        }
        if (authority != null && name.equals("host")) {
            return CharSequence.compare(authority, value) == 0 ? null : EdgeRefusal.MALFORMED_HOST;
        }
        var refusal = field(name, value);
        if (refusal != null) {
            return refusal;
        }
        var crumbs = name.equals("cookie") ? into.get(HttpHeaderNames.COOKIE) : null;
        if (crumbs == null) {
            into.add(name, value.toString());
        } else {
            into.set(HttpHeaderNames.COOKIE, crumbs + "; " + value); // RFC 9113 section 8.2.3
        }
        return null;
    }

    private @Nullable EdgeRefusal field(CharSequence name, CharSequence value) {
        section += (long) name.length() + value.length() + SEPARATORS;
        if (section > limits.head().section().bytes()) {
            return EdgeRefusal.HEADERS_TOO_LARGE;
        }
        var end = write(name, ": ", value, "");
        return HeadCheck.skipToken(line, 0, end) != name.length()
                ? EdgeRefusal.MALFORMED_REQUEST
                : check.field(line, end);
    }

    private static boolean padded(CharSequence value) {
        return !value.isEmpty() && (blank(value.charAt(0)) || blank(value.charAt(value.length() - 1)));
    }

    private static boolean blank(char letter) {
        return letter == ' ' || letter == '\t';
    }

    private int write(CharSequence first, String between, CharSequence second, String after) {
        line = (first + between + second + after).getBytes(ISO_8859_1);
        return line.length;
    }
}
