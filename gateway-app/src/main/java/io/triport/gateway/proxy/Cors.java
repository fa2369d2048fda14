package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.triport.gateway.config.CorsSettings;
import java.util.List;

/** What browsers are told of pages of other origins (Fetch standard, section 3.2). */
final class Cors {
    private static final List<CharSequence> FIELDS = List.of(
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN,
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
            HttpHeaderNames.ACCESS_CONTROL_MAX_AGE);

    private Cors() {}

    /** Takes away what an upstream says. */
    static void strip(HttpHeaders response) {
        FIELDS.forEach(response::remove);
    }

    /** Adds to an answer what its page may do with it. @param origin empty when the request has none */
    static void grant(HttpHeaders response, CorsSettings cors, String origin) {
        vary(response);
        if (origin.isEmpty() || !cors.allows(origin)) {
            return;
        }
        origin(response, cors, origin);
        if (!cors.expose().isEmpty()) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", cors.expose()));
        }
    }

    /** Whether the page may send this method with these fields. @param fields as {@code Access-Control-Request-Headers} has them */
    static boolean allows(CorsSettings cors, String origin, String method, String fields) {
        if (!cors.allows(origin) || !cors.methods().isEmpty() && !cors.methods().contains(method)) {
            return false;
        }
        for (var field : fields.split(",", -1)) {
            var name = field.strip();
            if (!name.isEmpty() && cors.headers().stream().noneMatch(name::equalsIgnoreCase)) {
                return false;
            }
        }
        return true;
    }

    /** The answer to a preflight that is allowed. */
    static void preflight(HttpHeaders response, CorsSettings cors, String origin, String method) {
        vary(response);
        response.add(HttpHeaderNames.VARY, "Access-Control-Request-Method, Access-Control-Request-Headers");
        origin(response, cors, origin);
        response.set(
                HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
                cors.methods().isEmpty() ? method : String.join(", ", cors.methods()));
        if (!cors.headers().isEmpty()) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", cors.headers()));
        }
        response.set(
                HttpHeaderNames.ACCESS_CONTROL_MAX_AGE,
                Long.toString(cors.maxAge().toSeconds()));
    }

    /** An answer differs by origin even where this one has none: caches must know. */
    static void vary(HttpHeaders response) {
        if (!response.containsValue(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN, true)) {
            response.add(HttpHeaderNames.VARY, "Origin");
        }
    }

    private static void origin(HttpHeaders response, CorsSettings cors, String origin) {
        var any = cors.origins().contains("*") && !cors.origins().contains(origin);
        response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, any ? "*" : origin);
        if (cors.credentials()) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }
}
