package io.triport.manager.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How the failures of a port are called that is not that of keys.
 *
 * @param missing where there is nothing of the name
 * @param taken where there is something already
 */
public record Wording(Problem missing, Problem taken) {
    /** To be tried again where nobody says when. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Does what a caller asks of the port. @throws Refused where it fails */
    public <T> T of(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw refused(e);
        }
    }

    private Refused refused(StorageFailure failure) {
        return switch (failure) {
            case StorageFailure.Rejected rejected -> rejected(rejected);
            case StorageFailure.LimitExceeded limit -> limit(limit);
            case StorageFailure.Unavailable unavailable -> Failures.of(unavailable);
            case StorageFailure.Corrupt corrupt -> Failures.of(corrupt);
            case StorageFailure.AccessDenied denied -> Failures.of(denied);
        };
    }

    private Refused rejected(StorageFailure.Rejected failure) {
        return switch (failure.code()) {
            case NOT_FOUND -> missing.refused();
            case CONFLICT -> taken.refused();
            case UNSUPPORTED -> Problem.UNSUPPORTED.refused();
            default -> Failures.of(failure);
        };
    }

    private static Refused limit(StorageFailure.LimitExceeded failure) {
        if (failure.code() != FailureCode.THROTTLED) {
            return Failures.of(failure);
        }
        var wait = failure.retryAfter().orElse(SOON).plusNanos(999_999_999).toSeconds();
        return Problem.RATE_LIMITED.refused().with("Retry-After", Long.toString(wait));
    }
}
