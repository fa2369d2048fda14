package io.triport.domain.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store failed, or one of its limits was hit: what nobody between the caller's edge and the store can do anything about.
 * The message is for operators and never leaves the process.
 */
public abstract sealed class StorageFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final FailureCode code;
    private transient @Nullable ForeignError foreign;
    private transient @Nullable StatementError statement;

    private StorageFailure(FailureCode code, Set<FailureCode> allowed, String message) {
        super(message);
        this.code = requireOne(code, allowed);
    }

    private StorageFailure(FailureCode code, Set<FailureCode> allowed, String message, Throwable cause) {
        super(message, cause);
        this.code = requireOne(code, allowed);
    }

    public final FailureCode code() {
        return code;
    }

    /** The same, which a store behind this one called so. Before it is thrown. */
    public final StorageFailure calledBy(ForeignError other) {
        foreign = other;
        return this;
    }

    /** What a store behind this one called it; empty where none did. */
    public final Optional<ForeignError> foreign() {
        return Optional.ofNullable(foreign);
    }

    /** The same, of a statement of the caller's. Before it is thrown. */
    public final StorageFailure at(StatementError error) {
        statement = error;
        return this;
    }

    /** The statement of the caller's that failed; empty where it was none. */
    public final Optional<StatementError> statement() {
        return Optional.ofNullable(statement);
    }

    private static FailureCode requireOne(FailureCode code, Set<FailureCode> allowed) {
        if (!allowed.contains(code)) {
            throw new IllegalArgumentException("code: " + code + " (expected: one of " + allowed + ")");
        }
        return code;
    }

    /** The store does not answer, or cannot take the call now. */
    public static final class Unavailable extends StorageFailure {
        private static final long serialVersionUID = 1;
        private static final Set<FailureCode> CODES = Set.of(
                FailureCode.FENCED,
                FailureCode.OVERLOADED,
                FailureCode.UNAVAILABLE,
                FailureCode.FULL,
                FailureCode.BACKEND_AUTHENTICATION,
                FailureCode.OUTCOME_UNKNOWN);

        private final String theirCode;

        public Unavailable(FailureCode code, String message) {
            super(code, CODES, message);
            this.theirCode = "";
        }

        /** @param theirCode 0 to 64 letters, digits and dots */
        public Unavailable(FailureCode code, String message, String theirCode) {
            super(code, CODES, message);
            if (!theirCode.matches("[A-Za-z0-9.]{0,64}")) {
                throw new IllegalArgumentException("code of the other side (expected: 0..64 letters, digits and dots)");
            }
            this.theirCode = theirCode;
        }

        public Unavailable(FailureCode code, String message, Throwable cause) {
            super(code, CODES, message, cause);
            this.theirCode = "";
        }

        /** What the other side calls it, which clients may be told; empty where it said nothing. */
        public String theirCode() {
            return theirCode;
        }
    }

    /** Something is larger, longer or more often than the store allows. */
    public static final class LimitExceeded extends StorageFailure {
        private static final long serialVersionUID = 1;
        private static final Set<FailureCode> CODES =
                Set.of(FailureCode.TOO_LARGE, FailureCode.KEY_TOO_LONG, FailureCode.THROTTLED);

        private final Duration retryAfter;

        public LimitExceeded(FailureCode code, String message) {
            this(code, message, Duration.ZERO);
        }

        /** @param retryAfter when there is room again; zero where nobody knows */
        public LimitExceeded(FailureCode code, String message, Duration retryAfter) {
            super(code, CODES, message);
            this.retryAfter = retryAfter;
        }

        /** When there is room again, if nothing else comes until then; empty where nobody knows. */
        public Optional<Duration> retryAfter() {
            return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
        }
    }

    /** What is stored is not what was stored; never returned as data. */
    public static final class Corrupt extends StorageFailure {
        private static final long serialVersionUID = 1;

        public Corrupt(String message) {
            super(FailureCode.CORRUPT, Set.of(FailureCode.CORRUPT), message);
        }
    }

    /** The grant does not reach so far, or has ended. */
    public static final class AccessDenied extends StorageFailure {
        private static final long serialVersionUID = 1;

        public AccessDenied(String message) {
            super(FailureCode.DENIED, Set.of(FailureCode.DENIED), message);
        }
    }

    /** The store understood the call and will not do it. */
    public static final class Rejected extends StorageFailure {
        private static final long serialVersionUID = 1;
        private static final Set<FailureCode> CODES = Set.of(
                FailureCode.BAD_REQUEST,
                FailureCode.BAD_CURSOR,
                FailureCode.TTL_TOO_SHORT,
                FailureCode.EXPIRES_IN_PAST,
                FailureCode.NOT_FOUND,
                FailureCode.CONFLICT,
                FailureCode.UNSUPPORTED);

        public Rejected(FailureCode code, String message) {
            super(code, CODES, message);
        }
    }
}
