package io.triport.storage.sql;

import java.time.Instant;

/** The number of a change, which is the number of the state after it: the second it was made in, and a count. */
final class ChangeNumber {
    /*
     * The second stands in the application id of the file's header and the count in its user version, so both are a part of the change,
     * are kept with it, and cost no write of their own. The count goes up by one with every change, which shows when one is missing;
     * the second never goes back, whatever the clock does. So the later number is the greater one.
     */
    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    private static final long COUNT = 0xFFFF_FFFFL;

    private ChangeNumber() {}

    static long of(int second, int count) {
        return (long) second << Integer.SIZE | count & COUNT;
    }

    /** Of the change that comes after. */
    static long next(long before, Instant now) {
        var count = (int) before + 1;
        var second = Math.max(second(before), second(now));
        return of(count == 0 ? Math.max(second, second(before) + 1) : second, count);
    }

    /** Whether one is the next after the other. */
    static boolean follows(long before, long number) {
        return (int) number == (int) before + 1 && number > before;
    }

    /** The greatest that a change of this second can have. */
    static long lastOf(Instant moment) {
        return of(second(moment), -1);
    }

    static int second(long number) {
        return (int) (number >>> Integer.SIZE);
    }

    static int second(Instant moment) {
        return Math.clamp(moment.getEpochSecond() - EPOCH, 0, Integer.MAX_VALUE);
    }
}
