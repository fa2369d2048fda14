package io.triport.gateway.problem;

import io.triport.domain.identity.Reason;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.Layer;
import java.util.Locale;

/** The errors that the gateway answers with itself: status, stable code, and the words that callers of the seed know. */
public enum Problem {
    BAD_REQUEST(
            400,
            "Bad request",
            Layer.REQUEST,
            "The Host field is missing or is none, or the request asks for more than is taken"),
    BAD_PATH(400, "Bad request path", Layer.REQUEST, "Another server could read the path as another path"),
    BAD_HEADER(400, "Bad request header", Layer.REQUEST, "A field of the head has a value that is not taken"),
    BAD_FRAMING(400, "Malformed HTTP request", Layer.REQUEST, "The message is not one well-formed HTTP request"),
    AMBIGUOUS_CREDENTIALS(
            400, "Ambiguous credentials", Layer.IDENTITY, "The request shows credentials that do not go together"),
    CREDENTIAL_MISPLACED(
            400, "Credential where none may be", Layer.IDENTITY, "The request shows a credential where none may stand"),
    NO_CREDENTIALS(401, Problem.MISSING, Layer.IDENTITY, "The request shows no credential that the route takes"),
    TOKEN_MALFORMED(401, Problem.FAILED, Layer.IDENTITY, "The token cannot be read"),
    TOKEN_SIGNATURE(401, "Invalid token signature", Layer.IDENTITY, "The token is not signed by its issuer"),
    TOKEN_EXPIRED(401, "Token expired", Layer.IDENTITY, "The credential has ended; a new one is needed"),
    TOKEN_NOT_YET_VALID(401, Problem.FAILED, Layer.IDENTITY, "The token does not hold yet"),
    TOKEN_ISSUER(401, Problem.FAILED, Layer.IDENTITY, "The token is of another issuer"),
    TOKEN_AUDIENCE(401, Problem.FAILED, Layer.IDENTITY, "The token is for another audience"),
    TOKEN_ALGORITHM(401, Problem.FAILED, Layer.IDENTITY, "The token is signed in a way that is not taken"),
    TOKEN_KEY_UNKNOWN(401, Problem.FAILED, Layer.IDENTITY, "The issuer has no such key"),
    KEY_UNKNOWN(401, Problem.FAILED, Layer.IDENTITY, "There is no such key"),
    KEY_REVOKED(401, Problem.FAILED, Layer.IDENTITY, "The credential was taken back"),
    SIGNATURE_MISMATCH(401, "Invalid signature", Layer.IDENTITY, "The signature is not that of this request"),
    SIGNATURE_STALE(401, Problem.FAILED, Layer.IDENTITY, "The request was not signed within the time that is taken"),
    NONCE_REPLAYED(401, Problem.FAILED, Layer.IDENTITY, "The same signed request was taken before"),
    CERT_UNTRUSTED(
            401,
            Problem.FAILED,
            Layer.IDENTITY,
            "The certificate is not trusted, or not the one that the credential is bound to"),
    SESSION_INVALID(401, Problem.FAILED, Layer.IDENTITY, "The session has ended, or is none"),
    INVALID_TOKEN(401, Problem.FAILED, Layer.IDENTITY, "The credential does not hold"),
    ACCESS_INVALID(403, Problem.FAILED, Layer.IDENTITY, "The credential does not hold"),
    POLICY_DENIED(403, "Access denied", Layer.IDENTITY, "The caller is known, and may not do this"),
    IP_DENIED(403, "Access denied", Layer.REQUEST, "The address of the caller is not admitted"),
    CORS_DENIED(403, "Origin not allowed", Layer.REQUEST, "Pages of this origin may not do this"),
    IDENTITY_UNFORWARDABLE(
            403,
            "Identity cannot be forwarded",
            Layer.IDENTITY,
            "A name of the caller is too long to be told to the upstream"),
    NO_ROUTE(404, "Route not found", Layer.REQUEST, "No route takes this host and path"),
    METHOD_NOT_ALLOWED(405, "Method not allowed", Layer.REQUEST, "The method is none of those in Allow"),
    CLIENT_TIMEOUT(408, "Request took too long to arrive", Layer.REQUEST, "The request did not arrive in time"),
    BODY_TOO_LARGE(413, "Request body too large", Layer.REQUEST, "The body is longer than is taken"),
    TARGET_TOO_LONG(414, "Request target too long", Layer.REQUEST, "The request line is longer than is taken"),
    EXPECTATION_FAILED(417, "Expectation not supported", Layer.REQUEST, "Nothing but 100-continue may be expected"),
    UPGRADE_NOT_ALLOWED(426, "Upgrade not allowed", Layer.REQUEST, "The route does not change to this protocol"),
    RATE_LIMITED(429, "Rate limit exceeded", Layer.IDENTITY, "A limit is used up; Retry-After says when there is room"),
    TOO_MANY_FAILURES(
            429,
            "Too many rejected credentials",
            Layer.IDENTITY,
            "Too many credentials from this address did not hold; Retry-After says when others are looked at"),
    HEADERS_TOO_LARGE(
            431, "Header section too large", Layer.REQUEST, "The head has more fields or bytes than are taken"),
    INTERNAL(500, "Internal error", Layer.REQUEST, "The operator finds the cause by the request id"),
    UPSTREAM_UNREACHABLE(502, "Upstream cannot be reached", Layer.REQUEST, "No connection to the upstream came about"),
    UPSTREAM_TLS(502, "Upstream cannot be trusted", Layer.REQUEST, "No secure connection to the upstream came about"),
    UPSTREAM_PROTOCOL(502, "Upstream answered no HTTP", Layer.REQUEST, "What the upstream sent is no answer"),
    UPSTREAM_RESET(
            502,
            "Upstream closed the connection",
            Layer.REQUEST,
            "The upstream ended the connection before its answer"),
    CIRCUIT_OPEN(
            503, "Upstream is not available", Layer.REQUEST, "No target of the upstream takes requests at the moment"),
    POOL_EXHAUSTED(
            503,
            "Upstream is busy",
            Layer.REQUEST,
            "All connections to the upstream are in use, and enough requests wait for one"),
    IDENTITY_UNAVAILABLE(
            503,
            "Identity cannot be verified now",
            Layer.IDENTITY,
            "What the credential is verified with cannot be reached"),
    LIMITER_UNAVAILABLE(
            503, "Limits cannot be checked now", Layer.IDENTITY, "The store of the limits cannot be reached"),
    AUDIT_BACKPRESSURE(503, "Server is overloaded", Layer.REQUEST, "The request cannot be recorded at the moment"),
    OVERLOADED(503, "Server is overloaded", Layer.REQUEST, "Enough requests wait already"),
    DRAINING(
            503,
            "Server is shutting down",
            Layer.REQUEST,
            "The server goes down, and has no time left for the request"),
    UPSTREAM_TIMEOUT(504, "Upstream took too long", Layer.REQUEST, "The upstream did not answer in time");

    private static final String MISSING = "Missing or invalid Authorization header";
    private static final String FAILED = "Token validation failed";

    private final int status;
    private final String error;
    private final Layer layer;
    private final String detail;

    Problem(int status, String error, Layer layer, String detail) {
        this.status = status;
        this.error = error;
        this.layer = layer;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    /** The phrase of the status. */
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> throw new IllegalStateException("status: " + status);
        };
    }

    /** The words of the seed where it has some. */
    public String error() {
        return error;
    }

    /** What is wrong, in a sentence that is the same for everybody. */
    public String detail() {
        return detail;
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
            case MALFORMED_HOST, TOO_MANY_PARAMETERS -> BAD_REQUEST;
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
            case DRAINING -> DRAINING;
        };
    }
}
