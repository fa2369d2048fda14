package io.triport.identity.sigv4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** A time as signatures have it, such as {@code 20130524T000000Z}, to the second. */
record AmzTime(Instant instant) {
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final int DATE = 8;

    static Optional<AmzTime> parse(String text) {
        return read(BASIC, text);
    }

    /** Reads a header {@code Date}, which has the form of HTTP or that of {@code x-amz-date}. */
    static Optional<AmzTime> parseDate(String text) {
        var basic = parse(text);
        return basic.isPresent() ? basic : read(DateTimeFormatter.RFC_1123_DATE_TIME, text);
    }

    String text() {
        return BASIC.format(instant);
    }

    /** The day, as a scope has it. */
    String date() {
        return text().substring(0, DATE);
    }

    private static Optional<AmzTime> read(DateTimeFormatter form, String text) {
        try {
            return Optional.of(new AmzTime(form.parse(text, Instant::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
