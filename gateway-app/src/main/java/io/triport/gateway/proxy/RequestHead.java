package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.triport.domain.identity.Principal;
import io.triport.gateway.config.RouteSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the head for the upstream of the head of the request, in its place (gateway.md section 6). */
final class RequestHead {
    /*
     * Order
     *
     * First everything goes that only the gateway may say, whatever the identity and whether or not a value will be set. Then
     * what the caller's Connection field names, but for these. Then our own.
     */
    private static final int LONGEST_VALUE = 1_024;
    private static final int LONGEST_TRACE_STATE = 512;

    private RequestHead() {}

    /** What of the request, beside its own fields, the upstream hears. */
    record Way(InetAddress peer, boolean trusted, String scheme, String host, String requestId) {}

    /** Takes away what the upstream must not get from a client. */
    static void strip(HttpHeaders headers, RouteSettings route, Set<String> consumed, Way way, boolean strict) {
        List<CharSequence> dropped = new ArrayList<>(4);
        var connection = false;
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            var name = fields.next().getKey();
            switch (Field.of(name)) {
                case PASSES -> {
                    if (strict && Field.odd(name) || consumes(consumed, name)) {
                        dropped.add(name);
                    }
                }
                case OURS, HOP, EXPECT, HOST, REQUEST_ID -> dropped.add(name);
                case WAY -> {
                    if (!way.trusted() || Field.odd(name)) {
                        dropped.add(name);
                    }
                }
                case AUTHORIZATION -> {
                    if (!route.forwarding().authorization()) {
                        dropped.add(name);
                    }
                }
                case CONNECTION -> connection = true;
                case FRAMING, COOKIE, TRACE -> {}
            }
        }
        if (connection) {
            named(headers, dropped);
        }
        for (var name : dropped) {
            headers.remove(name);
        }
    }

    private static boolean consumes(Set<String> consumed, CharSequence name) {
        for (var each : consumed) {
            if (Field.folds(name, each)) {
                return true;
            }
        }
        return false;
    }

    /** What the Connection field calls hop-by-hop, but for what a client may not take away. */
    private static void named(HttpHeaders headers, List<CharSequence> dropped) {
        for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (var token : value.split(",", -1)) {
                var name = token.strip();
                var kind = Field.of(name);
                if (!name.isEmpty() && !kind.protectedFromClients() && kind != Field.HOST && kind != Field.FRAMING) {
                    dropped.add(name);
                }
            }
        }
        dropped.add(HttpHeaderNames.CONNECTION);
    }

    static void cutCookies(HttpHeaders headers, Set<String> names) {
        if (names.isEmpty() || !headers.contains(HttpHeaderNames.COOKIE)) {
            return;
        }
        var values = headers.getAll(HttpHeaderNames.COOKIE);
        headers.remove(HttpHeaderNames.COOKIE);
        for (var value : values) {
            var rest = Cookies.without(value, names);
            if (!rest.isEmpty()) {
                headers.add(HttpHeaderNames.COOKIE, rest);
            }
        }
    }

    /** Says how the request came. */
    static void way(HttpHeaders headers, Way way) {
        var peer = way.peer().getHostAddress();
        append(headers, "X-Forwarded-For", peer);
        if (!way.trusted() || !headers.contains("X-Forwarded-Proto")) {
            headers.set("X-Forwarded-Proto", way.scheme());
        }
        if (!way.host().isEmpty() && (!way.trusted() || !headers.contains("X-Forwarded-Host"))) {
            headers.set("X-Forwarded-Host", way.host());
        }
        append(headers, "Forwarded", forwarded(way, peer));
        headers.set("X-Request-ID", way.requestId());
    }

    private static String forwarded(Way way, String peer) {
        var node = way.peer() instanceof Inet6Address ? "\"[" + peer + "]\"" : peer;
        return way.host().isEmpty()
                ? "for=" + node + ";proto=" + way.scheme()
                : "for=" + node + ";host=\"" + way.host() + "\";proto=" + way.scheme();
    }

    private static void append(HttpHeaders headers, String name, String value) {
        var before = headers.getAll(name);
        headers.set(name, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }

    /** Continues the trace of the caller, or begins one. Two contexts are none (W3C Trace Context section 4.3). */
    static String trace(HttpHeaders headers, Ids ids) {
        var parents = headers.getAll("traceparent");
        if (parents.size() == 1 && validTrace(parents.getFirst())) {
            var states = headers.getAll("tracestate");
            var length = states.stream().mapToInt(String::length).sum();
            if (length > LONGEST_TRACE_STATE) {
                headers.remove("tracestate");
            }
            return parents.getFirst();
        }
        var fresh = ids.traceparent();
        headers.remove("tracestate");
        headers.set("traceparent", fresh);
        return fresh;
    }

    static boolean validTrace(String value) {
        if (value.length() < 55 || value.charAt(2) != '-' || value.charAt(35) != '-' || value.charAt(52) != '-') {
            return false;
        }
        var versionZero = value.startsWith("00");
        if (value.startsWith("ff")
                || versionZero && value.length() != 55
                || value.length() > 55 && value.charAt(55) != '-') {
            return false;
        }
        return hex(value, 0, 2)
                && hex(value, 3, 35)
                && hex(value, 36, 52)
                && hex(value, 53, 55)
                && !zeros(value, 3, 35)
                && !zeros(value, 36, 52);
    }

    private static boolean hex(String value, int from, int end) {
        for (var at = from; at < end; at++) {
            var c = value.charAt(at);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(String value, int from, int end) {
        for (var at = from; at < end; at++) {
            if (value.charAt(at) != '0') {
                return false;
            }
        }
        return true;
    }

    /** Says who the caller is. @return whether all of it can be said; the request must not go on otherwise */
    static boolean identity(HttpHeaders headers, RouteSettings.Forwarding forwarding, Principal principal) {
        if (principal.kind() == Principal.Kind.ANONYMOUS) {
            headers.set("X-Auth-Mechanism", principal.id().mechanism().text());
            return true;
        }
        var said = new Said(headers);
        said.set(
                "X-User-ID",
                switch (forwarding.userId()) {
                    case SUBJECT -> principal.id().subject().text();
                    case QUALIFIED -> principal.id().unique();
                });
        headers.set("X-Auth-Mechanism", principal.id().mechanism().text());
        return said.end();
    }

    /** Sets values in a form that a header field may have. */
    static final class Said {
        private final HttpHeaders headers;
        private boolean encoded;
        private boolean tooLong;

        Said(HttpHeaders headers) {
            this.headers = headers;
        }

        void set(String name, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                return;
            }
            var safe = plain(value) ? value : percent(value);
            encoded |= safe.length() != value.length();
            if (safe.length() > LONGEST_VALUE) {
                tooLong = true;
            } else {
                headers.set(name, safe);
            }
        }

        boolean end() {
            if (encoded) {
                headers.set("X-Identity-Encoding", "pct");
            }
            return !tooLong;
        }

        private static boolean plain(String value) {
            for (var i = 0; i < value.length(); i++) {
                if (value.charAt(i) < ' ' || value.charAt(i) >= 0x7F) {
                    return false;
                }
            }
            return value.charAt(0) != ' ' && value.charAt(value.length() - 1) != ' ';
        }

        /** The percent sign too, so that the text can be read back. */
        private static String percent(String value) {
            var text = new StringBuilder();
            for (var b : value.getBytes(StandardCharsets.UTF_8)) {
                var c = b & 0xFF;
                if (c <= ' ' || c >= 0x7F || c == '%') {
                    text.append('%').append(Character.forDigit(c >>> 4, 16)).append(Character.forDigit(c & 0xF, 16));
                } else {
                    text.append((char) c);
                }
            }
            return text.toString();
        }
    }
}
