package io.triport.domain.request;

import java.time.Duration;
import java.util.List;

/** The answer of a {@link RateLimiter}. */
public sealed interface Admission {
    /** What each limit has left, in the order of the charges. */
    List<Standing> standings();

    /** All charges were taken. */
    record Taken(List<Standing> standings) implements Admission {
        public Taken {
            standings = List.copyOf(standings);
        }

        /** Units left in the emptiest of the buckets. */
        public long remaining() {
            return standings.stream().mapToLong(Standing::remaining).min().orElse(0);
        }
    }

    /**
     * Nothing was taken, because a limit had too little.
     *
     * @param charge the index of the charge whose limit needs the longest
     * @param retryAfter when all charges could be taken, if nothing else is until then
     */
    record Exhausted(int charge, Duration retryAfter, List<Standing> standings) implements Admission {
        public Exhausted {
            standings = List.copyOf(standings);
            java.util.Objects.checkIndex(charge, standings.size());
        }

        public RateLimit limit() {
            return standings.get(charge).limit();
        }
    }

    /**
     * How one limit stands for one caller.
     *
     * @param remaining units that could be taken at once
     * @param wholeAfter when all of it is there again, if nothing is taken until then
     */
    record Standing(RateLimit limit, long remaining, Duration wholeAfter) {}
}
