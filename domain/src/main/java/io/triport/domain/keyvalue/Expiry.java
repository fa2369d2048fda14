package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When an entry ends. From that moment on it is invisible everywhere. An end too far away to be a date means never. */
public sealed interface Expiry {
    Expiry NEVER = new Never();

    static Expiry at(Instant moment) {
        return new At(moment);
    }

    /** @throws StorageFailure.Rejected TTL_TOO_SHORT below one second */
    static Expiry after(Duration lifetime) {
        return new After(lifetime);
    }

    /** The form in which an entry is stored: a moment in whole milliseconds, or never. @throws StorageFailure.Rejected EXPIRES_IN_PAST */
    Expiry settled(Instant now);

    boolean passed(Instant now);

    /** The entry does not end. */
    record Never() implements Expiry {
        @Override
        public Expiry settled(Instant now) {
            return this;
        }

        @Override
        public boolean passed(Instant now) {
            return false;
        }
    }

    /** The entry ends at a moment. */
    record At(Instant moment) implements Expiry {
        @Override
        public Expiry settled(Instant now) {
            var whole = new At(moment.truncatedTo(ChronoUnit.MILLIS));
            if (whole.passed(now)) {
                throw new StorageFailure.Rejected(
                        FailureCode.EXPIRES_IN_PAST, "expiry: past (expected: later than now)");
            }
            return moment.isAfter(now.plus(KvLimits.LONGEST_LIFETIME)) ? NEVER : whole;
        }

        @Override
        public boolean passed(Instant now) {
            return !now.isBefore(moment);
        }
    }

    /** The entry ends some time after it is stored. */
    record After(Duration lifetime) implements Expiry {
        public After {
            if (lifetime.compareTo(KvLimits.SHORTEST_LIFETIME) < 0) {
                throw new StorageFailure.Rejected(
                        FailureCode.TTL_TOO_SHORT, "lifetime: " + lifetime + " (expected: 1 s or more)");
            }
        }

        @Override
        public Expiry settled(Instant now) {
            return lifetime.compareTo(KvLimits.LONGEST_LIFETIME) > 0 ? NEVER : new At(now.plus(lifetime)).settled(now);
        }

        @Override
        public boolean passed(Instant now) {
            return false;
        }
    }
}
