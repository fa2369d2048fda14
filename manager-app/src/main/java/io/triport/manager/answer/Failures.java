package io.triport.manager.answer;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.BrokenBody;

/** Makes of whatever ended a request what its API says of it. */
public final class Failures {
    private Failures() {}

    public static Refused of(RuntimeException failure) {
        return switch (failure) {
            case Refused refused -> refused;
            case InvalidInput input ->
                Problem.INVALID_ARGUMENT.refused(input.field() + " is not valid: " + input.expectation());
            case StorageFailure storage -> of(storage);
            case IdentityStateUnavailable unavailable -> later(Problem.STORAGE_UNAVAILABLE);
            case BrokenBody broken -> Problem.MALFORMED_REQUEST.refused("The body did not arrive whole");
            default -> Problem.INTERNAL_ERROR.refused();
        };
    }

    private static Refused of(StorageFailure failure) {
        return switch (failure) {
            case StorageFailure.Unavailable unavailable ->
                switch (unavailable.code()) {
                    case OVERLOADED -> later(Problem.OVERLOADED);
                    case FULL -> Problem.STORAGE_FULL.refused();
                    case OUTCOME_UNKNOWN -> Problem.OUTCOME_UNKNOWN.refused();
                    default -> later(Problem.STORAGE_UNAVAILABLE);
                };
            case StorageFailure.Corrupt corrupt -> Problem.INTERNAL_ERROR.refused();
            case StorageFailure.AccessDenied denied -> Problem.FORBIDDEN.refused();
            case StorageFailure.LimitExceeded limit
            when limit.statement().isPresent() -> worded(Problem.STATEMENT_TOO_LARGE, limit);
            case StorageFailure.Rejected rejected
            when rejected.statement().isPresent() -> worded(Problem.STATEMENT_REFUSED, rejected);
            case StorageFailure.LimitExceeded limit ->
                switch (limit.code()) {
                    case KEY_TOO_LONG -> Problem.KEY_TOO_LONG.refused();
                    case THROTTLED -> later(Problem.RATE_LIMITED);
                    default -> Problem.PAYLOAD_TOO_LARGE.refused();
                };
            case StorageFailure.Rejected rejected ->
                switch (rejected.code()) {
                    case UNSUPPORTED -> Problem.UNSUPPORTED.refused();
                    case NOT_FOUND -> Problem.NAMESPACE_NOT_FOUND.refused();
                    case CONFLICT -> Problem.TITLE_TAKEN.refused();
                    case TTL_TOO_SHORT, EXPIRES_IN_PAST -> Problem.TTL_TOO_SMALL.refused();
                    case BAD_CURSOR -> Problem.INVALID_ARGUMENT.refused("The cursor is not valid for this list");
                    default -> Problem.INVALID_ARGUMENT.refused();
                };
        };
    }

    /** The words of the statement that failed, and which of several it was. */
    private static Refused worded(Problem problem, StorageFailure failure) {
        return failure.statement()
                .map(error -> problem.refused((error.index() == 0 ? "" : "statement " + (error.index() + 1) + ": ")
                        + error.reason() + ": " + error.code()))
                .orElseGet(problem::refused);
    }

    private static Refused later(Problem problem) {
        return problem.refused().with("Retry-After", "1");
    }
}
