package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.ForeignError;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.endpoint.Connections;
import java.util.Optional;
import java.util.Set;

/** What an answer or a broken connection means to the caller of the port. */
final class Failures {
    private static final Set<String> OURS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "InvalidSecurity",
            "InvalidClientTokenId",
            "RequestTimeTooSkewed",
            "RequestExpired",
            "TokenRefreshRequired",
            "AuthorizationHeaderMalformed",
            "NotSignedUp");
    private static final int CLIENT = 400;
    private static final int SERVER = 500;

    private Failures() {}

    /** Answers that the operation itself does not know. */
    static StorageFailure of(UpstreamError error, Effect effect) {
        var message = "s3: " + error;
        if (OURS.contains(error.code()) || error.status() == 401) {
            return new StorageFailure.Unavailable(FailureCode.BACKEND_AUTHENTICATION, message);
        }
        var failure = judged(error, effect, message);
        return ForeignError.possible(error.status(), error.code())
                ? failure.calledBy(new ForeignError(error.status(), error.code()))
                : failure;
    }

    private static StorageFailure judged(UpstreamError error, Effect effect, String message) {
        return switch (error.status()) {
            case 403 -> new StorageFailure.AccessDenied(message);
            case 404 -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, message);
            case 409 -> new StorageFailure.Rejected(FailureCode.CONFLICT, message);
            case 405, 501 -> new StorageFailure.Rejected(FailureCode.UNSUPPORTED, message);
            case 429, 503 -> new StorageFailure.Unavailable(FailureCode.OVERLOADED, message);
            case 400, 411, 412, 413, 416 -> refused(error.code(), message);
            default ->
                error.status() > SERVER || error.status() < CLIENT
                        ? new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, message)
                        : new StorageFailure.Unavailable(effect.whenLost(), message);
        };
    }

    private static StorageFailure refused(String code, String message) {
        return switch (code) {
            case "EntityTooLarge" -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, message);
            case "KeyTooLongError" -> new StorageFailure.LimitExceeded(FailureCode.KEY_TOO_LONG, message);
            case "NotImplemented" -> new StorageFailure.Rejected(FailureCode.UNSUPPORTED, message);
            case "RequestTimeout", "SlowDown" -> new StorageFailure.Unavailable(FailureCode.OVERLOADED, message);
            default -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, message);
        };
    }

    /** No answer, or one that cannot be read. */
    static StorageFailure lost(Throwable cause, Effect effect) {
        var own = own(cause);
        if (own.isPresent()) {
            return own.get();
        }
        var code = neverSent(cause) ? FailureCode.UNAVAILABLE : effect.whenLost();
        return new StorageFailure.Unavailable(code, "s3: no answer", cause);
    }

    /** A failure that came from this side of the connection, such as that of a credential. */
    static Optional<StorageFailure> own(Throwable cause) {
        for (var at = cause; at != null; at = at.getCause()) {
            if (at instanceof StorageFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** Whether no connection was had. */
    static boolean neverSent(Throwable cause) {
        for (var at = cause; at != null; at = at.getCause()) {
            if (Connections.neverSent(at)) {
                return true;
            }
        }
        return false;
    }

    static StorageFailure malformed(Effect effect) {
        return new StorageFailure.Unavailable(effect.whenLost(), "s3: an answer that cannot be read");
    }
}
