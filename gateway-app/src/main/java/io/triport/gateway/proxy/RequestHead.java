package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Scope;
import io.triport.gateway.config.RouteSettings;
import io.triport.identity.trace.RequestTrace;
import io.triport.identity.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * What of the request, beside its own fields, the upstream hears.
     *
     * @param peer an address
     */
    record Way(String peer, boolean trusted, String scheme, String host, String requestId) {}

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
            dropped.addAll(hops(headers));
            dropped.add(HttpHeaderNames.CONNECTION);
        }
        for (var name : dropped) {
            headers.remove(name);
        }
    }

    static boolean consumes(Set<String> consumed, CharSequence name) {
        for (var each : consumed) {
            if (Field.folds(name, each)) {
                return true;
            }
        }
        return false;
    }

    /** What the Connection field calls hop-by-hop, but for what a client may not take away. */
    static List<String> hops(HttpHeaders headers) {
        var named = new ArrayList<String>(0);
        for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (var token : value.split(",", -1)) {
                var name = token.strip();
                var kind = Field.of(name);
                if (!name.isEmpty() && !kind.protectedFromClients() && kind != Field.HOST && kind != Field.FRAMING) {
                    named.add(name);
                }
            }
        }
        return named;
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
        append(headers, Name.FORWARDED_FOR, way.peer(), way);
        if (!way.trusted() || !headers.contains(Name.FORWARDED_PROTO)) {
            headers.set(Name.FORWARDED_PROTO, way.scheme());
        }
        if (!way.host().isEmpty() && (!way.trusted() || !headers.contains(Name.FORWARDED_HOST))) {
            headers.set(Name.FORWARDED_HOST, way.host());
        }
        append(headers, Name.FORWARDED, forwarded(way), way);
        headers.set(Name.REQUEST_ID, way.requestId());
    }

    private static String forwarded(Way way) {
        var node = way.peer().indexOf(':') >= 0 ? "\"[" + way.peer() + "]\"" : way.peer();
        return way.host().isEmpty()
                ? "for=" + node + ";proto=" + way.scheme()
                : "for=" + node + ";host=\"" + way.host() + "\";proto=" + way.scheme();
    }

    /** What another says is gone by now, but for what a trusted peer does. */
    private static void append(HttpHeaders headers, AsciiString name, String value, Way way) {
        if (!way.trusted()) {
            headers.set(name, value);
            return;
        }
        var before = headers.getAll(name);
        headers.set(name, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }

    /** Continues the trace of the caller, or begins one. Two contexts are none (W3C Trace Context section 4.3). */
    static String trace(HttpHeaders headers, Ids ids, RequestTrace spans) {
        var parents = headers.contains(Name.TRACE_PARENT) ? headers.getAll(Name.TRACE_PARENT) : List.<String>of();
        if (parents.size() == 1 && TraceParent.valid(parents.getFirst())) {
            var states = headers.getAll(Name.TRACE_STATE);
            var length = states.stream().mapToInt(String::length).sum();
            if (length > LONGEST_TRACE_STATE) {
                headers.remove(Name.TRACE_STATE);
            }
            return parents.getFirst();
        }
        var fresh = spans.recorded() ? spans.context(RequestTrace.WHOLE) : ids.traceparent();
        headers.remove(Name.TRACE_STATE);
        headers.set(Name.TRACE_PARENT, fresh);
        return fresh;
    }

    /** Says who the caller is. @return whether all of it can be said; the request must not go on otherwise */
    static boolean identity(HttpHeaders headers, RouteSettings.Forwarding forwarding, Principal principal) {
        headers.set(Name.AUTH_MECHANISM, principal.id().mechanism().text());
        if (principal.kind() == Principal.Kind.ANONYMOUS) {
            return true;
        }
        var said = new Said();
        said.add(
                Name.USER_ID,
                switch (forwarding.userId()) {
                    case SUBJECT -> principal.id().subject().text();
                    case QUALIFIED -> principal.id().unique();
                });
        for (var role : principal.roles()) {
            said.add(Name.USER_ROLE, role.text());
            break; // the first value of the claim
        }
        if (forwarding.email()) {
            principal.claims().email().ifPresent(email -> said.add(Name.USER_EMAIL, email.text()));
        }
        if (forwarding.scopes()) {
            said.add(
                    Name.USER_SCOPES,
                    principal.scopes().stream().map(Scope::text).collect(Collectors.joining(" ")));
        }
        return said.into(headers);
    }

    /** Values on their way into fields: all as they are, or all encoded, so that a reader knows which. */
    static final class Said {
        private final List<AsciiString> names = new ArrayList<>(4);
        private final List<String> values = new ArrayList<>(4);
        private boolean plain = true;

        void add(AsciiString name, String value) {
            if (!value.isEmpty()) {
                names.add(name);
                values.add(value);
                plain &= plain(value);
            }
        }

        /** @return whether every value is short enough; none is set otherwise */
        boolean into(HttpHeaders headers) {
            if (!plain) {
                values.replaceAll(Said::percent);
                headers.set("X-Identity-Encoding", "pct");
            }
            for (var value : values) {
                if (value.length() > LONGEST_VALUE) {
                    return false;
                }
            }
            for (var i = 0; i < names.size(); i++) {
                headers.set(names.get(i), values.get(i));
            }
            return true;
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
