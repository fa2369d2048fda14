package io.triport.identity.sigv4;

import io.triport.domain.identity.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wrong with a signed request, in the words of S3 (Amazon S3 API reference, Error responses). Repeats no secret and no
 * signature.
 *
 * @param elements what the error's document says beyond code and message, such as {@code Region}, in its order
 */
public record SigV4Problem(Kind kind, Map<String, String> elements) {
    public SigV4Problem {
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    }

    static SigV4Problem of(Kind kind) {
        return new SigV4Problem(kind, Map.of());
    }

    /** The code on the wire. */
    public String code() {
        return kind.code;
    }

    public String message() {
        return kind.message;
    }

    /** Each kind with its code on the wire, what it is called in logs, and a sentence for the caller. */
    public enum Kind {
        HEADER_MALFORMED(
                "AuthorizationHeaderMalformed", Reason.SIGNATURE_MALFORMED, "The authorization header is malformed."),
        HEADER_SCOPE(
                "AuthorizationHeaderMalformed",
                Reason.SIGNATURE_MALFORMED,
                "The credential in the authorization header names another date, region or service."),
        QUERY_MALFORMED(
                "AuthorizationQueryParametersError",
                Reason.SIGNATURE_MALFORMED,
                "A parameter of the query-string authentication is missing, repeated or malformed."),
        QUERY_SCOPE(
                "AuthorizationQueryParametersError",
                Reason.SIGNATURE_MALFORMED,
                "The credential in the query names another date, region or service."),
        TWO_SIGNATURES("InvalidArgument", Reason.AMBIGUOUS_CREDENTIALS, "Only one way of authentication is allowed."),
        OLD_VERSION(
                "InvalidRequest",
                Reason.SIGNATURE_MALFORMED,
                "This way of authentication is not supported. Please use AWS4-HMAC-SHA256."),
        UNSIGNED_HEADERS(
                "AccessDenied",
                Reason.SIGNATURE_MALFORMED,
                "There were headers present in the request which were not signed"),
        NO_TIME(
                "AccessDenied",
                Reason.INVALID_TIMESTAMP,
                "AWS authentication requires a valid Date or x-amz-date header"),
        SKEWED(
                "RequestTimeTooSkewed",
                Reason.OUTSIDE_WINDOW,
                "The difference between the request time and the current time is too large."),
        EXPIRED_URL("AccessDenied", Reason.OUTSIDE_WINDOW, "Request has expired"),
        NO_PAYLOAD_HASH(
                "InvalidRequest",
                Reason.MISSING_HEADER,
                "Missing required header for this request: x-amz-content-sha256"),
        BAD_PAYLOAD_HASH(
                "InvalidArgument",
                Reason.SIGNATURE_MALFORMED,
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, one of the STREAMING- values, or a valid sha256"
                        + " value."),
        NO_DECODED_LENGTH(
                "MissingContentLength",
                Reason.MISSING_HEADER,
                "You must provide the x-amz-decoded-content-length HTTP header."),
        BAD_DECODED_LENGTH(
                "InvalidArgument", Reason.SIGNATURE_MALFORMED, "x-amz-decoded-content-length must be a number."),
        BAD_URI("InvalidURI", Reason.SIGNATURE_MALFORMED, "Could not parse the specified URI."),
        UNKNOWN_KEY(
                "InvalidAccessKeyId",
                Reason.UNKNOWN_KEY,
                "The access key id you provided does not exist in our records."),
        EXPIRED("ExpiredToken", Reason.CREDENTIAL_EXPIRED, "The provided credential has expired."),
        SIGNATURE(
                "SignatureDoesNotMatch",
                Reason.SIGNATURE_MISMATCH,
                "The request signature we calculated does not match the signature you provided."),
        TOKEN("InvalidToken", Reason.SESSION_INVALID, "The provided token is malformed or otherwise invalid."),
        REVOKED("AccessDenied", Reason.CREDENTIAL_REVOKED, "Access Denied"),
        BAD_POLICY("InvalidPolicyDocument", Reason.SIGNATURE_MALFORMED, "The content of the form is not valid."),
        POLICY("AccessDenied", Reason.POLICY_DENIED, "Invalid according to Policy"),
        POLICY_EXPIRED("AccessDenied", Reason.OUTSIDE_WINDOW, "Invalid according to Policy: Policy expired.");

        private final String code;
        private final Reason reason;
        private final String message;

        Kind(String code, Reason reason, String message) {
            this.code = code;
            this.reason = reason;
            this.message = message;
        }

        /** What the gate is told. */
        public Reason reason() {
            return reason;
        }
    }
}
