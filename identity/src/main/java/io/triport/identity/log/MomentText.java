package io.triport.identity.log;

import java.time.Instant;
import java.time.LocalDate;

/** Writes moments as {@link Instant} does, at a fraction of its cost. Safe for many threads. */
final class MomentText {
    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;
    private static final int MINUTE = 60;

    /** That of the last moment, since thousands share it. Whole or not at all, so any thread may set it. */
    private Day day = Day.of(0);

    private record Day(long number, String text) {
        static Day of(long number) {
            return new Day(number, LocalDate.ofEpochDay(number) + "T");
        }
    }

    /** Up to where a fraction of the second begins. */
    void append(long epochSecond, StringBuilder text) {
        var number = Math.floorDiv(epochSecond, DAY);
        var known = day;
        if (known.number() != number) {
            known = Day.of(number);
            day = known;
        }
        var second = (int) Math.floorMod(epochSecond, (long) DAY);
        text.append(known.text());
        two(second / HOUR, text);
        two(second % HOUR / MINUTE, text.append(':'));
        two(second % MINUTE, text.append(':'));
    }

    private static void two(int number, StringBuilder text) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
