package io.triport.kv.wire;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import java.util.Map;
import org.slf4j.event.Level;

/** The wire errors of the KV protocol (sections 3 and 7): status, code and one fixed sentence each. */
public enum KvError {
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_FOUND(404, "Not found"),
    CONFIG_ERROR(500, "Server is not configured"),
    PAYLOAD_TOO_LARGE(413, "Body too large"),
    MISSING_HEADER(401, "Missing required signing headers"),
    INVALID_TIMESTAMP(401, "Invalid x-zt-timestamp"),
    EXPIRED(401, "Request timestamp outside allowed window"),
    INVALID_BODY_SHA(403, "Body hash mismatch"),
    UNKNOWN_KEY(403, "Unknown key id"),
    INVALID_SIGNATURE(403, "Invalid signature"),
    KEY_EXPIRED(403, "Key has expired"),
    KEY_REVOKED(403, "Key or token has been revoked"),
    INVALID_TOKEN(401, "Token not accepted"),
    TOKEN_EXPIRED(401, "Token has expired"),
    ORIGIN_DENIED(403, "Token in a cookie not accepted from this origin"),
    ADDRESS_DENIED(403, "Key may not be used from this address"),
    REPLAYED(409, "Nonce replayed or rejected"),
    SCOPE_DENIED(403, "Operation not allowed for this key"),
    RATE_LIMITED(429, "Too many requests"),
    INVALID_JSON(400, "Invalid JSON body"),
    VALIDATION_ERROR(400, "Invalid body"),
    NAMESPACE_DENIED(403, "Namespace not allowed for this key"),
    PREFIX_DENIED(403, "Key prefix not allowed for this key"),
    IDEMPOTENCY_CONFLICT(409, "Idempotency-Key was used for another request"),
    STORAGE_ERROR(503, "Storage is not available"),
    BAD_REQUEST(400, "Malformed HTTP request"),
    REQUEST_TIMEOUT(408, "Request took too long to arrive"),
    URI_TOO_LONG(414, "Request target too long"),
    EXPECTATION_FAILED(417, "Expectation not supported"),
    HEADERS_TOO_LARGE(431, "Header section too large"),
    OVERLOADED(503, "Server is overloaded"),
    INTERNAL_ERROR(500, "Internal error");

    public static final String JSON = "application/json; charset=utf-8";

    /** What every answer says about caches. */
    public static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");

    private final int status;
    private final String message;

    KvError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    public EdgeAnswer answer() {
        return answer(message);
    }

    public EdgeAnswer answer(String sentence) {
        var body = new JsonWriter()
                .beginObject()
                .name("code")
                .text(name())
                .name("message")
                .text(sentence)
                .endObject()
                .bytes();
        var answer = new EdgeAnswer(status, JSON, body, HEADERS);
        return switch (this) {
            // RFC 6750 section 3.1
            case INVALID_TOKEN, TOKEN_EXPIRED -> answer.with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            default -> answer;
        };
    }

    private static KvError of(Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS, AMBIGUOUS_CREDENTIALS, MISSING_HEADER -> MISSING_HEADER;
            case INVALID_TIMESTAMP -> INVALID_TIMESTAMP;
            case OUTSIDE_WINDOW, VERIFIED_TOO_LONG_AGO -> EXPIRED;
            case BODY_HASH_MISMATCH -> INVALID_BODY_SHA;
            case UNKNOWN_KEY, TASK_UNKNOWN -> UNKNOWN_KEY;
            case SIGNATURE_MISMATCH, SUBJECTS_DIFFER -> INVALID_SIGNATURE;
            case CREDENTIAL_EXPIRED -> KEY_EXPIRED;
            case ADDRESS_DENIED -> ADDRESS_DENIED;
            case REPLAYED -> REPLAYED;
            case SCOPE_DENIED -> SCOPE_DENIED;
            case UNAVAILABLE -> STORAGE_ERROR;
            case NOT_CONFIGURED -> CONFIG_ERROR;
            case TOKEN_MALFORMED,
                    TOKEN_HEADER,
                    TOKEN_ALGORITHM,
                    TOKEN_ISSUER,
                    TOKEN_KEY_UNKNOWN,
                    TOKEN_SIGNATURE,
                    TOKEN_AUDIENCE,
                    TOKEN_NOT_YET_VALID,
                    TOKEN_SUBJECT,
                    TOKEN_BINDING,
                    CREDENTIAL_MISPLACED -> INVALID_TOKEN;
            case TOKEN_EXPIRED, TOKEN_TOO_OLD -> TOKEN_EXPIRED;
            case CREDENTIAL_REVOKED -> KEY_REVOKED;
            case ORIGIN_DENIED -> ORIGIN_DENIED;
            // Of mechanisms that no route of this app lists; the protocol has no word of its own for them.
            case CERT_UNTRUSTED, SESSION_INVALID, LOGIN_INVALID, SIGNATURE_MALFORMED, POLICY_DENIED -> UNKNOWN_KEY;
        };
    }

    private static KvError of(EdgeRefusal refusal) {
        return switch (refusal) {
            case MALFORMED_REQUEST, MALFORMED_HOST, TOO_MANY_PARAMETERS -> BAD_REQUEST;
            case NOT_FOUND -> NOT_FOUND;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case REQUEST_TIMEOUT -> REQUEST_TIMEOUT;
            case BODY_TOO_LARGE -> PAYLOAD_TOO_LARGE;
            case TARGET_TOO_LONG -> URI_TOO_LONG;
            case EXPECTATION_FAILED -> EXPECTATION_FAILED;
            case RATE_LIMITED -> RATE_LIMITED;
            case HEADERS_TOO_LARGE -> HEADERS_TOO_LARGE;
            case OVERLOADED, DRAINING -> OVERLOADED;
            case FAILED -> INTERNAL_ERROR;
        };
    }

    /** The words of the protocol for whatever goes wrong. */
    public static final class Shape implements ErrorShape {
        @Override
        public EdgeAnswer of(EdgeRefusal refusal) {
            return KvError.of(refusal).answer();
        }

        @Override
        public EdgeAnswer of(Refusal refusal) {
            return KvError.of(refusal.reason()).answer();
        }

        @Override
        public Failure of(RuntimeException failure) {
            return switch (failure) {
                case KvRefused refused ->
                    new Failure(refused.error().answer(refused.sentence()), refused.layer(), Level.DEBUG);
                case RemoteRefused refused -> new Failure(refused.answer(), refused.layer(), refused.level());
                case InvalidInput input ->
                    new Failure(VALIDATION_ERROR.answer(input.field() + " is not valid"), Layer.REQUEST, Level.DEBUG);
                case StorageFailure storage -> of(storage);
                default -> new Failure(INTERNAL_ERROR.answer(), Layer.REQUEST, Level.ERROR);
            };
        }

        private static Failure of(StorageFailure failure) {
            return switch (failure) {
                case StorageFailure.Unavailable unavailable ->
                    new Failure(STORAGE_ERROR.answer().with("Retry-After", "1"), Layer.STORAGE, Level.WARN);
                case StorageFailure.Corrupt corrupt -> new Failure(STORAGE_ERROR.answer(), Layer.STORAGE, Level.ERROR);
                case StorageFailure.AccessDenied denied ->
                    new Failure(PREFIX_DENIED.answer(), Layer.IDENTITY, Level.DEBUG);
                case StorageFailure.LimitExceeded limit -> new Failure(exceeded(limit), Layer.STORAGE, Level.DEBUG);
                case StorageFailure.Rejected rejected -> new Failure(rejected(rejected), Layer.STORAGE, Level.DEBUG);
            };
        }

        private static EdgeAnswer exceeded(StorageFailure.LimitExceeded failure) {
            return switch (failure.code()) {
                case KEY_TOO_LONG -> VALIDATION_ERROR.answer("key is longer than 512 bytes");
                case THROTTLED -> RATE_LIMITED.answer().with("Retry-After", "1");
                default -> VALIDATION_ERROR.answer("value or metadata is too large");
            };
        }

        private static EdgeAnswer rejected(StorageFailure.Rejected failure) {
            return switch (failure.code()) {
                case UNSUPPORTED -> CONFIG_ERROR.answer();
                case BAD_CURSOR -> VALIDATION_ERROR.answer("cursor is not valid for this list");
                case TTL_TOO_SHORT, EXPIRES_IN_PAST -> VALIDATION_ERROR.answer("ttlSeconds must be 1 or more");
                default -> VALIDATION_ERROR.answer("key or namespace is not storable");
            };
        }
    }

    public static Bytes ok() {
        return Bytes.utf8("{\"ok\":true}");
    }
}
