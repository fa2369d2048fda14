package io.triport.objects.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Moments as S3 writes them: to the second in header fields, to the millisecond in documents. */
public final class Times {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DOCUMENT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** The earliest year that two digits mean. */
    private static final int FIRST_OF_TWO_DIGITS = 1970;

    /** The three forms of RFC 9110 section 5.6.7, and that of clients that send what documents have. */
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_OF_TWO_DIGITS)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    private static final List<String> DAYS = List.of("Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, ");
    private static final List<String> MONTHS = List.of(
            " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ");
    private static final int LENGTH = 29;
    private static final int FIRST_OF_FOUR_DIGITS = 1000;
    private static final int LAST_OF_FOUR_DIGITS = 9999;

    private Times() {}

    /** By hand but for strange years: a formatter takes a hundredth of the CPU of a small GET. */
    public static String field(Instant moment) {
        var at = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        if (at.getYear() < FIRST_OF_FOUR_DIGITS || at.getYear() > LAST_OF_FOUR_DIGITS) {
            return FIELD.format(moment);
        }
        var text = new StringBuilder(LENGTH).append(DAYS.get(at.getDayOfWeek().ordinal()));
        two(at.getDayOfMonth(), text)
                .append(MONTHS.get(at.getMonth().ordinal()))
                .append(at.getYear())
                .append(' ');
        two(at.getHour(), text).append(':');
        two(at.getMinute(), text).append(':');
        return two(at.getSecond(), text).append(" GMT").toString();
    }

    private static StringBuilder two(int number, StringBuilder to) {
        return to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    public static String document(Instant moment) {
        return DOCUMENT.format(moment.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Empty for a text that is no date, which then conditions nothing (RFC 9110 section 13.1.3). */
    public static Optional<Instant> parse(String text) {
        for (var form : FORMS) {
            try {
                return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                // perhaps of the next form
            }
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
