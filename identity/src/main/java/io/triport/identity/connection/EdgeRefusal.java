package io.triport.identity.connection;

import java.util.Map;

/**
 * Why the edge answered a request itself, before or instead of app code. What is wrong with the connection or its framing
 * closes it.
 */
public enum EdgeRefusal {
    /** Bytes that are not exactly one well-formed HTTP/1 request (RFC 9112), or that two parsers might read differently. */
    MALFORMED_REQUEST(400, "malformed_request"),
    /** No host, several, none that is one, or another than the target names (RFC 9110 section 7.2). */
    MALFORMED_HOST(400, "malformed_host"),
    TOO_MANY_PARAMETERS(400, "too_many_parameters"),
    /** No route has this path. */
    NOT_FOUND(404, "not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", Map.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")),
    REQUEST_TIMEOUT(408, "request_timeout"),
    /** The body is longer than the route takes. */
    BODY_TOO_LARGE(413, "body_too_large"),
    TARGET_TOO_LONG(414, "target_too_long"),
    EXPECTATION_FAILED(417, "expectation_failed"),
    /** A limit is used up: of rejected credentials, or of the principal's own. */
    RATE_LIMITED(429, "rate_limited"),
    HEADERS_TOO_LARGE(431, "headers_too_large"),
    /** App code failed. */
    FAILED(500, "internal_error"),
    OVERLOADED(503, "overloaded", Map.of("Retry-After", "1")),
    /** The server goes down, and there is no time left for the request. */
    DRAINING(503, "draining", Map.of("Retry-After", "1"));

    private final int status;
    private final String code;
    private final Map<String, String> fields;

    EdgeRefusal(int status, String code) {
        this(status, code, Map.of());
    }

    EdgeRefusal(int status, String code, Map<String, String> fields) {
        this.status = status;
        this.code = code;
        this.fields = fields;
    }

    /** The HTTP status, 400..599. */
    public int status() {
        return status;
    }

    /** The stable machine code, lower case with underscores. */
    public String code() {
        return code;
    }

    /** Whether whoever sends such a thing may not know itself where it ends. */
    boolean malformed() {
        return this == MALFORMED_REQUEST || this == MALFORMED_HOST;
    }

    Map<String, String> fields() {
        return fields;
    }
}
