package io.triport.objects.wire;

import static org.slf4j.event.Level.DEBUG;
import static org.slf4j.event.Level.ERROR;
import static org.slf4j.event.Level.INFO;
import static org.slf4j.event.Level.WARN;

import java.util.Arrays;
import java.util.Optional;
import org.slf4j.event.Level;

/** What goes wrong on the wire of S3: status, code and sentence of each (S3 API reference, error responses). */
public enum S3Error {
    ACCESS_DENIED(403, "AccessDenied", "Access Denied"),
    ACCESS_FORBIDDEN(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed."),
    AUTHORIZATION_HEADER_MALFORMED(
            400, "AuthorizationHeaderMalformed", "The authorization header you provided is invalid."),
    AUTHORIZATION_QUERY_PARAMETERS_ERROR(
            400, "AuthorizationQueryParametersError", "The query parameters of the authorization are invalid."),
    BACKEND_AUTHENTICATION_FAILED(
            502, "BackendAuthenticationFailed", "The storage behind this endpoint did not accept its credentials."),
    BAD_DIGEST(400, "BadDigest", "The checksum you specified did not match what we received."),
    BUCKET_ALREADY_EXISTS(409, "BucketAlreadyExists", "The requested bucket name is not available."),
    BUCKET_ALREADY_OWNED_BY_YOU(
            409, "BucketAlreadyOwnedByYou", "The bucket that you tried to create already exists, and you own it."),
    BUCKET_NOT_EMPTY(409, "BucketNotEmpty", "The bucket you tried to delete is not empty."),
    CONDITIONAL_REQUEST_CONFLICT(
            409, "ConditionalRequestConflict", "A conflicting operation took place while this one was under way."),
    ENTITY_TOO_LARGE(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size."),
    ENTITY_TOO_SMALL(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed object size."),
    EXPIRED_TOKEN(403, "ExpiredToken", "The provided token has expired."),
    INCOMPLETE_BODY(400, "IncompleteBody", "The body has not the number of bytes that its headers say."),
    INTERNAL_ERROR(500, "InternalError", "We encountered an internal error. Please try again.", ERROR),
    INVALID_ACCESS_KEY_ID(403, "InvalidAccessKeyId", "The access key ID you provided does not exist in our records."),
    INVALID_ARGUMENT(400, "InvalidArgument", "Invalid Argument"),
    INVALID_BUCKET_NAME(400, "InvalidBucketName", "The specified bucket is not valid."),
    INVALID_DIGEST(400, "InvalidDigest", "The Content-MD5 you specified is not valid."),
    INVALID_LOCATION_CONSTRAINT(400, "InvalidLocationConstraint", "The specified location-constraint is not valid"),
    INVALID_PART(
            400,
            "InvalidPart",
            "One or more of the specified parts could not be found, or its entity tag did not match."),
    INVALID_PART_ORDER(400, "InvalidPartOrder", "The list of parts was not in ascending order."),
    INVALID_POLICY_DOCUMENT(
            400, "InvalidPolicyDocument", "The content of the form does not meet the conditions of the policy."),
    INVALID_RANGE(416, "InvalidRange", "The requested range is not satisfiable"),
    INVALID_REQUEST(400, "InvalidRequest", "Invalid Request"),
    INVALID_STORAGE_CLASS(400, "InvalidStorageClass", "The storage class you specified is not valid."),
    INVALID_TAG(400, "InvalidTag", "The tag provided was not a valid tag."),
    INVALID_TOKEN(400, "InvalidToken", "The provided token is malformed or otherwise not valid."),
    INVALID_URI(400, "InvalidURI", "Couldn't parse the specified URI."),
    KEY_TOO_LONG(400, "KeyTooLongError", "Your key is too long"),
    MALFORMED_POST_REQUEST(
            400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data."),
    MALFORMED_TRAILER(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed."),
    MALFORMED_XML(
            400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our schema."),
    METADATA_TOO_LARGE(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size."),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
    MISSING_CONTENT_LENGTH(411, "MissingContentLength", "You must provide the Content-Length HTTP header."),
    NO_SUCH_BUCKET(404, "NoSuchBucket", "The specified bucket does not exist"),
    NO_SUCH_CORS_CONFIGURATION(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
    NO_SUCH_TAG_SET(404, "NoSuchTagSet", "The TagSet does not exist"),
    NO_SUCH_UPLOAD(
            404,
            "NoSuchUpload",
            "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been"
                    + " aborted or completed."),
    NO_SUCH_VERSION(404, "NoSuchVersion", "The specified version does not exist."),
    NOT_IMPLEMENTED(501, "NotImplemented", "A header or query you provided implies functionality that is not built."),
    OPERATION_ABORTED(409, "OperationAborted", "A conflicting operation is in progress against this resource."),
    PRECONDITION_FAILED(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
    REQUEST_TIME_TOO_SKEWED(
            403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
    REQUEST_TIMEOUT(
            400,
            "RequestTimeout",
            "Your socket connection to the server was not read from or written to within the timeout period."),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable", "Service is unable to handle request.", WARN),
    SIGNATURE_DOES_NOT_MATCH(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided."),
    SLOW_DOWN(503, "SlowDown", "Please reduce your request rate."),
    QUOTA_EXCEEDED(429, "SlowDown", "The bytes do not fit the bandwidth quota of this bucket."),
    X_AMZ_CONTENT_SHA256_MISMATCH(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.");

    private final int status;
    private final String code;
    private final String message;
    private final Level level;

    S3Error(int status, String code, String message) {
        this(status, code, message, status == 404 || status == 304 ? DEBUG : INFO);
    }

    S3Error(int status, String code, String message, Level level) {
        this.status = status;
        this.code = code;
        this.message = message;
        this.level = level;
    }

    /** The error of a code of the wire. */
    public static S3Error coded(String code) {
        return known(code).orElseThrow(() -> new IllegalArgumentException("code: " + code + " (expected: one of S3)"));
    }

    static Optional<S3Error> known(String code) {
        return Arrays.stream(values()).filter(error -> error.code.equals(code)).findFirst();
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String message() {
        return message;
    }

    /** How loud the log is about it. */
    public Level level() {
        return level;
    }

    /** The same as what stops a request. */
    public S3Refused refused() {
        return new S3Refused(this, message);
    }

    /** With what was wrong in this case. */
    public S3Refused refused(String instead) {
        return new S3Refused(this, instead);
    }
}
