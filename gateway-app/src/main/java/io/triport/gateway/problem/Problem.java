package io.triport.gateway.problem;

import io.triport.domain.identity.Reason;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.Layer;
import java.util.Locale;

/** The errors that the gateway answers with itself: status, stable code, and the words that callers of the seed know. */
public enum Problem {
    BAD_REQUEST(400, "Bad Request", "Bad request", Layer.REQUEST),
    BAD_PATH(400, "Bad Request", "Bad request path", Layer.REQUEST),
    BAD_HEADER(400, "Bad Request", "Bad request header", Layer.REQUEST),
    BAD_FRAMING(400, "Bad Request", "Malformed HTTP request", Layer.REQUEST),
    AMBIGUOUS_CREDENTIALS(400, "Bad Request", "Ambiguous credentials", Layer.IDENTITY),
    CREDENTIAL_MISPLACED(400, "Bad Request", "Credential where none may be", Layer.IDENTITY),
    NO_CREDENTIALS(401, "Unauthorized", Problem.MISSING, Layer.IDENTITY),
    TOKEN_MALFORMED(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    TOKEN_SIGNATURE(401, "Unauthorized", "Invalid token signature", Layer.IDENTITY),
    TOKEN_EXPIRED(401, "Unauthorized", "Token expired", Layer.IDENTITY),
    TOKEN_NOT_YET_VALID(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    TOKEN_ISSUER(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    TOKEN_AUDIENCE(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    TOKEN_ALGORITHM(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    TOKEN_KEY_UNKNOWN(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    KEY_UNKNOWN(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    KEY_REVOKED(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    SIGNATURE_MISMATCH(401, "Unauthorized", "Invalid signature", Layer.IDENTITY),
    SIGNATURE_STALE(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    NONCE_REPLAYED(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    CERT_UNTRUSTED(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    SESSION_INVALID(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    INVALID_TOKEN(401, "Unauthorized", Problem.FAILED, Layer.IDENTITY),
    ACCESS_INVALID(403, "Forbidden", Problem.FAILED, Layer.IDENTITY),
    POLICY_DENIED(403, "Forbidden", "Access denied", Layer.IDENTITY),
    IP_DENIED(403, "Forbidden", "Access denied", Layer.REQUEST),
    CORS_DENIED(403, "Forbidden", "Origin not allowed", Layer.REQUEST),
    IDENTITY_UNFORWARDABLE(403, "Forbidden", "Identity cannot be forwarded", Layer.IDENTITY),
    NO_ROUTE(404, "Not Found", "Route not found", Layer.REQUEST),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "Method not allowed", Layer.REQUEST),
    CLIENT_TIMEOUT(408, "Request Timeout", "Request took too long to arrive", Layer.REQUEST),
    BODY_TOO_LARGE(413, "Content Too Large", "Request body too large", Layer.REQUEST),
    TARGET_TOO_LONG(414, "URI Too Long", "Request target too long", Layer.REQUEST),
    EXPECTATION_FAILED(417, "Expectation Failed", "Expectation not supported", Layer.REQUEST),
    UPGRADE_NOT_ALLOWED(426, "Upgrade Required", "Upgrade not allowed", Layer.REQUEST),
    RATE_LIMITED(429, "Too Many Requests", "Rate limit exceeded", Layer.IDENTITY),
    TOO_MANY_FAILURES(429, "Too Many Requests", "Too many rejected credentials", Layer.IDENTITY),
    HEADERS_TOO_LARGE(431, "Request Header Fields Too Large", "Header section too large", Layer.REQUEST),
    INTERNAL(500, "Internal Server Error", "Internal error", Layer.REQUEST),
    UPSTREAM_UNREACHABLE(502, "Bad Gateway", "Upstream cannot be reached", Layer.REQUEST),
    UPSTREAM_TLS(502, "Bad Gateway", "Upstream cannot be trusted", Layer.REQUEST),
    UPSTREAM_PROTOCOL(502, "Bad Gateway", "Upstream answered no HTTP", Layer.REQUEST),
    UPSTREAM_RESET(502, "Bad Gateway", "Upstream closed the connection", Layer.REQUEST),
    CIRCUIT_OPEN(503, "Service Unavailable", "Upstream is not available", Layer.REQUEST),
    POOL_EXHAUSTED(503, "Service Unavailable", "Upstream is busy", Layer.REQUEST),
    IDENTITY_UNAVAILABLE(503, "Service Unavailable", "Identity cannot be verified now", Layer.IDENTITY),
    LIMITER_UNAVAILABLE(503, "Service Unavailable", "Limits cannot be checked now", Layer.IDENTITY),
    AUDIT_BACKPRESSURE(503, "Service Unavailable", "Server is overloaded", Layer.REQUEST),
    OVERLOADED(503, "Service Unavailable", "Server is overloaded", Layer.REQUEST),
    UPSTREAM_TIMEOUT(504, "Gateway Timeout", "Upstream took too long", Layer.REQUEST);

    private static final String MISSING = "Missing or invalid Authorization header";
    private static final String FAILED = "Token validation failed";

    private final int status;
    private final String title;
    private final String error;
    private final Layer layer;

    Problem(int status, String title, String error, Layer layer) {
        this.status = status;
        this.title = title;
        this.error = error;
        this.layer = layer;
    }

    public int status() {
        return status;
    }

    /** The phrase of the status. */
    public String title() {
        return title;
    }

    /** The words of the seed where it has some. */
    public String error() {
        return error;
    }

    /** The stable machine code, such as {@code token-expired}. */
    public String code() {
        // The one word of RFC 6750 among them.
        return this == INVALID_TOKEN
                ? "invalid_token"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Layer layer() {
        return layer;
    }

    /** What a listener that tells nothing makes of it. */
    public Problem terse() {
        return status == 401 && this != NO_CREDENTIALS ? INVALID_TOKEN : this;
    }

    /** What a client is told of a verdict of the gate. */
    public static Problem of(Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS, MISSING_HEADER -> NO_CREDENTIALS;
            case AMBIGUOUS_CREDENTIALS -> AMBIGUOUS_CREDENTIALS;
            case CREDENTIAL_MISPLACED -> CREDENTIAL_MISPLACED;
            case INVALID_TIMESTAMP, OUTSIDE_WINDOW, VERIFIED_TOO_LONG_AGO -> SIGNATURE_STALE;
            case BODY_HASH_MISMATCH, SIGNATURE_MISMATCH, SUBJECTS_DIFFER, SIGNATURE_MALFORMED -> SIGNATURE_MISMATCH;
            case UNKNOWN_KEY, TASK_UNKNOWN -> KEY_UNKNOWN;
            case REPLAYED -> NONCE_REPLAYED;
            case CREDENTIAL_EXPIRED, TOKEN_EXPIRED, TOKEN_TOO_OLD -> TOKEN_EXPIRED;
            case CREDENTIAL_REVOKED -> KEY_REVOKED;
            case TOKEN_MALFORMED, TOKEN_HEADER, TOKEN_SUBJECT -> TOKEN_MALFORMED;
            case TOKEN_ALGORITHM -> TOKEN_ALGORITHM;
            case TOKEN_ISSUER -> TOKEN_ISSUER;
            case TOKEN_KEY_UNKNOWN -> TOKEN_KEY_UNKNOWN;
            case TOKEN_SIGNATURE -> TOKEN_SIGNATURE;
            case TOKEN_AUDIENCE -> TOKEN_AUDIENCE;
            case TOKEN_NOT_YET_VALID -> TOKEN_NOT_YET_VALID;
            case TOKEN_BINDING, CERT_UNTRUSTED -> CERT_UNTRUSTED;
            case SESSION_INVALID, LOGIN_INVALID -> SESSION_INVALID;
            case ADDRESS_DENIED -> IP_DENIED;
            case SCOPE_DENIED, POLICY_DENIED, ORIGIN_DENIED -> POLICY_DENIED;
            case UNAVAILABLE, NOT_CONFIGURED -> IDENTITY_UNAVAILABLE;
        };
    }

    /** What a client is told of a request that was refused before it was one. */
    public static Problem of(EdgeRefusal refusal) {
        return switch (refusal) {
            case MALFORMED_REQUEST -> BAD_FRAMING;
            case TOO_MANY_PARAMETERS -> BAD_REQUEST;
            case NOT_FOUND -> NO_ROUTE;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case REQUEST_TIMEOUT -> CLIENT_TIMEOUT;
            case BODY_TOO_LARGE -> BODY_TOO_LARGE;
            case TARGET_TOO_LONG -> TARGET_TOO_LONG;
            case EXPECTATION_FAILED -> EXPECTATION_FAILED;
            case RATE_LIMITED -> RATE_LIMITED;
            case HEADERS_TOO_LARGE -> HEADERS_TOO_LARGE;
            case FAILED -> INTERNAL;
            case OVERLOADED -> OVERLOADED;
        };
    }
}
