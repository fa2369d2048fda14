package io.triport.storage.noncelog;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of which the log may have forgotten claims: all that are dated up to {@code until}.
 *
 * @param closed the reading of the ticker after which no request of that time can be accepted any more
 */
record Gap(Instant until, long closed) {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    /**
     * A machine whose clock was wrong at start and is then set back would refuse until that time comes again. After two
     * windows, and what clocks may differ by, whatever was accepted before the start is too old to be accepted again.
     */
    static Gap from(Moment start, Instant until, Duration window) {
        var span = window.multipliedBy(2).plus(CLOCKS_DIFFER);
        return new Gap(until, start.tick() + span.toNanos());
    }

    boolean holds(Instant claimed, Moment now) {
        return !claimed.isAfter(until) && now.tick() - closed < 0;
    }

    /** When a request that is made then lies behind the gap. */
    Duration retryAfter(Moment now) {
        var left = Duration.between(now.wall(), until).plusSeconds(1);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
