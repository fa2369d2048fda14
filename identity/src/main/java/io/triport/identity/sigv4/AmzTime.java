package io.triport.identity.sigv4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** A time as signatures have it, such as {@code 20130524T000000Z}, to the second. @param text the same as it is written */
record AmzTime(Instant instant, String text) {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE = 8;
    private static final int LENGTH = 16;

    AmzTime(Instant instant) {
        this(instant, BASIC.format(instant));
    }

    static Optional<AmzTime> parse(String text) {
        // By hand: a formatter takes longer than all other checks of a claim together.
        if (text.length() != LENGTH || text.charAt(DATE) != 'T' || text.charAt(LENGTH - 1) != 'Z') {
            return Optional.empty();
        }
        try {
            var time = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 4, 6),
                    number(text, 6, 8),
                    number(text, 9, 11),
                    number(text, 11, 13),
                    number(text, 13, 15));
            return Optional.of(new AmzTime(time.toInstant(ZoneOffset.UTC), text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads a header {@code Date}, which has the form of HTTP or that of {@code x-amz-date}. */
    static Optional<AmzTime> parseDate(String text) {
        var basic = parse(text);
        if (basic.isPresent()) {
            return basic;
        }
        try {
            return Optional.of(new AmzTime(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The day, as a scope has it. */
    String date() {
        return text.substring(0, DATE);
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
