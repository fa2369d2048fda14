package io.triport.domain.failure;

/** The stable code of a storage failure, and whether the same call may be tried again. */
public enum FailureCode {
    BAD_REQUEST(Retry.NEVER, 400),
    BAD_CURSOR(Retry.NEVER, 400),
    TTL_TOO_SHORT(Retry.NEVER, 400),
    EXPIRES_IN_PAST(Retry.NEVER, 400),
    DENIED(Retry.NEVER, 403),
    NOT_FOUND(Retry.NEVER, 404),
    CONFLICT(Retry.NEVER, 409),
    TOO_LARGE(Retry.NEVER, 413),
    KEY_TOO_LONG(Retry.NEVER, 414),
    THROTTLED(Retry.SAFE, 429),
    /** Another node has become the owner before the commit. */
    FENCED(Retry.SAFE, 503),
    OVERLOADED(Retry.SAFE, 503),
    UNAVAILABLE(Retry.SAFE, 503),
    /** There is no room for what is to be stored. Reads go on, and so do writes once there is. */
    FULL(Retry.SAFE, 507),
    /** A store behind this one does not know us, or no longer. */
    BACKEND_AUTHENTICATION(Retry.SAFE, 503),
    OUTCOME_UNKNOWN(Retry.UNKNOWN, 504),
    UNSUPPORTED(Retry.NEVER, 501),
    CORRUPT(Retry.NEVER, 500);

    /** What a caller may conclude from a failure. */
    public enum Retry {
        /** The same call fails again. */
        NEVER,
        /** Nothing happened. */
        SAFE,
        /** It may have happened. */
        UNKNOWN
    }

    private final Retry retry;
    private final int httpStatus;

    FailureCode(Retry retry, int httpStatus) {
        this.retry = retry;
        this.httpStatus = httpStatus;
    }

    public Retry retry() {
        return retry;
    }

    /** What says the same over HTTP, 400 to 599, where a protocol has no words of its own for it. */
    public int httpStatus() {
        return httpStatus;
    }
}
