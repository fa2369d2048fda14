package io.triport.objects.serve;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.edge.Layer;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;

/** What failures are called on the wire. */
final class Failures {
    private Failures() {}

    static S3Refused words(RuntimeException failure) {
        return switch (failure) {
            case S3Refused refused -> refused;
            case StorageFailure stored -> words(stored).field(Layer.HEADER, Layer.STORAGE.text());
            case BodyRefused body -> words(body);
            case IdentityStateUnavailable unavailable ->
                S3Error.SERVICE_UNAVAILABLE.refused().field("Retry-After", "1");
            case InvalidInput invalid when invalid.field().equals("body") -> S3Error.ENTITY_TOO_LARGE.refused();
            case InvalidInput invalid ->
                S3Error.INVALID_ARGUMENT.refused(invalid.field() + ": " + invalid.expectation());
            default -> S3Error.INTERNAL_ERROR.refused();
        };
    }

    private static S3Refused words(BodyRefused body) {
        return switch (body.why()) {
            case HASH_MISMATCH -> S3Error.X_AMZ_CONTENT_SHA256_MISMATCH.refused();
            case SIGNATURE_MISMATCH -> S3Error.SIGNATURE_DOES_NOT_MATCH.refused();
            case MALFORMED_FRAMING -> S3Error.INVALID_REQUEST.refused("The chunks of the body are not well-formed.");
            case MALFORMED_TRAILER -> S3Error.MALFORMED_TRAILER.refused();
            case WRONG_LENGTH -> S3Error.INCOMPLETE_BODY.refused();
            case TOO_LARGE -> S3Error.ENTITY_TOO_LARGE.refused();
            case TOO_SMALL -> S3Error.ENTITY_TOO_SMALL.refused();
        };
    }

    /** Nothing is told but what the other side calls it. */
    private static S3Refused authentication(StorageFailure failure) {
        var error = S3Error.BACKEND_AUTHENTICATION_FAILED;
        return failure instanceof StorageFailure.Unavailable away
                        && !away.theirCode().isEmpty()
                ? error.refused(error.message() + " Its provider answered " + away.theirCode() + ".")
                : error.refused();
    }

    /** What an endpoint behind this one called it goes on; what it thinks of our own key is nobody else's. */
    private static S3Refused words(StorageFailure failure) {
        var nearest = nearest(failure);
        return failure.foreign()
                .filter(foreign -> failure.code() != FailureCode.BACKEND_AUTHENTICATION)
                .map(foreign -> S3Refused.foreign(foreign, nearest.error()))
                .map(words -> carried(nearest, words))
                .orElse(nearest);
    }

    private static S3Refused carried(S3Refused from, S3Refused to) {
        from.fields().forEach(to::field);
        return to;
    }

    private static S3Refused nearest(StorageFailure failure) {
        return switch (failure.code()) {
            case DENIED -> S3Error.ACCESS_DENIED.refused();
            case NOT_FOUND -> S3Error.NO_SUCH_BUCKET.refused();
            case BAD_CURSOR -> S3Error.INVALID_ARGUMENT.refused("The continuation token provided is incorrect");
            case BAD_REQUEST, TTL_TOO_SHORT, EXPIRES_IN_PAST -> S3Error.INVALID_REQUEST.refused();
            case CONFLICT -> S3Error.OPERATION_ABORTED.refused();
            case TOO_LARGE -> S3Error.ENTITY_TOO_LARGE.refused();
            case KEY_TOO_LONG -> S3Error.KEY_TOO_LONG.refused();
            case UNSUPPORTED -> S3Error.NOT_IMPLEMENTED.refused();
            case THROTTLED, OVERLOADED -> S3Error.SLOW_DOWN.refused().field("Retry-After", "1");
            case BACKEND_AUTHENTICATION -> authentication(failure);
            case FENCED, UNAVAILABLE, FULL, OUTCOME_UNKNOWN ->
                S3Error.SERVICE_UNAVAILABLE.refused().field("Retry-After", "1");
            case CORRUPT -> S3Error.INTERNAL_ERROR.refused();
        };
    }
}
