package io.triport.domain.failure;

/** The stable code of a storage failure, and whether the same call may be tried again. */
public enum FailureCode {
    BAD_REQUEST(Retry.NEVER),
    BAD_CURSOR(Retry.NEVER),
    TTL_TOO_SHORT(Retry.NEVER),
    EXPIRES_IN_PAST(Retry.NEVER),
    DENIED(Retry.NEVER),
    NOT_FOUND(Retry.NEVER),
    CONFLICT(Retry.NEVER),
    TOO_LARGE(Retry.NEVER),
    KEY_TOO_LONG(Retry.NEVER),
    THROTTLED(Retry.SAFE),
    /** Another node has become the owner before the commit. */
    FENCED(Retry.SAFE),
    OVERLOADED(Retry.SAFE),
    UNAVAILABLE(Retry.SAFE),
    /** There is no room for what is to be stored. Reads go on, and so do writes once there is. */
    FULL(Retry.SAFE),
    /** A store behind this one does not know us, or no longer. */
    BACKEND_AUTHENTICATION(Retry.SAFE),
    OUTCOME_UNKNOWN(Retry.UNKNOWN),
    UNSUPPORTED(Retry.NEVER),
    CORRUPT(Retry.NEVER);

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

    FailureCode(Retry retry) {
        this.retry = retry;
    }

    public Retry retry() {
        return retry;
    }
}
