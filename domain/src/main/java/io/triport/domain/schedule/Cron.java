package io.triport.domain.schedule;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When something falls due, as five fields: minute, hour, day of the month, month, day of the week (storage contract, section 10).
 * Each is {@code *}, or a list of values, ranges {@code a-b} and steps {@code a-b/n}; months and days of the week have names, and
 * days of the week numbers from 1, Sunday, to 7, Saturday. Of days of the month there are also {@code L}, the last, {@code L-3},
 * the third before it, {@code 15W}, the weekday next to the 15th within its month, and {@code LW}, the last weekday; of days of
 * the week {@code 6L}, the last Friday of the month, {@code 6#2}, its second one, and {@code L}, Saturday. Where both fields of
 * days say something, a day of either is meant. Immutable; two of the same text are equal.
 */
public final class Cron {
    /*
     * Clocks that change
     *
     * A schedule of every hour follows real time: an hour that a clock repeats is two hours. One that names hours follows the
     * clock: a time that comes twice is meant once, the first time, and one that a clock leaves out falls due at the moment at
     * which it would have been, were the clock not put forward: when it is put forward.
     *
     * The end of a search
     *
     * Everything that ever happens does so within 40 years: the longest wait is for the fifth of some weekday in February, over
     * a century that is no leap year. What does not is refused when it is read.
     */
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final int FIELDS = 5;
    private static final int MOST_CHARACTERS = 256;
    private static final int MOST_MONTHS = 12 * 50;
    private static final int HOURS = 24;
    private static final Instant ANY = Instant.parse("2026-01-01T00:00:00Z");

    private final String text;
    private final NavigableSet<Integer> minutes;
    private final NavigableSet<Integer> hours;
    private final NavigableSet<Integer> months;
    private final Days days;

    private Cron(
            String text,
            NavigableSet<Integer> minutes,
            NavigableSet<Integer> hours,
            NavigableSet<Integer> months,
            Days days) {
        this.text = text;
        this.minutes = minutes;
        this.hours = hours;
        this.months = months;
        this.days = days;
    }

    /** @throws InvalidInput for what is no such text, and for a time that never comes, as the 30th of February */
    public static Cron parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InvalidInput("cron", "at most " + MOST_CHARACTERS + " characters");
        }
        var fields = SPACES.split(text.strip());
        if (fields.length != FIELDS) {
            throw new InvalidInput("cron", "five fields: minute, hour, day of the month, month, day of the week");
        }
        var cron = new Cron(
                String.join(" ", fields),
                CronField.MINUTE.parse(fields[0]),
                CronField.HOUR.parse(fields[1]),
                CronField.MONTH.parse(fields[3]),
                Days.parse(fields[2], fields[4]));
        if (cron.find(ANY, ZoneOffset.UTC).isEmpty()) {
            throw new InvalidInput("cron", "a time that comes");
        }
        return cron;
    }

    /** When it falls due next by universal time. @return a full minute, later than the given moment */
    public Instant next(Instant after) {
        return next(after, ZoneOffset.UTC);
    }

    /** When it falls due next by the clocks of a zone. @return a moment later than the given one */
    public Instant next(Instant after, ZoneId zone) {
        return find(after, zone)
                .orElseThrow(
                        () -> new IllegalArgumentException("after: " + after + " (expected: before the year 9900)"));
    }

    /**
     * When it fell due last by the clocks of a zone.
     *
     * @return the newest full minute that is later than one moment and not later than another; empty for none
     */
    public Optional<Instant> newest(Instant after, Instant until, ZoneId zone) {
        var found = find(after, zone).filter(first -> !first.isAfter(until));
        if (found.isEmpty()) {
            return found;
        }
        var newest = found.get();
        var end = until;
        while (newest.isBefore(end)) {
            var middle = newest.plus(Duration.between(newest, end).dividedBy(2));
            var next = find(middle, zone).filter(tick -> !tick.isAfter(until));
            if (next.isPresent()) {
                newest = next.get();
            } else {
                end = middle;
            }
        }
        return Optional.of(newest);
    }

    /** The five fields, with one space between each two. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private Optional<Instant> find(Instant after, ZoneId zone) {
        return hours.size() == HOURS ? findInRealTime(after, zone) : findByTheClock(after, zone);
    }

    /** Every moment that a clock shows counts, also when it shows the time for the second time. */
    private Optional<Instant> findInRealTime(Instant after, ZoneId zone) {
        var moment = after.truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES)
                .atZone(zone);
        var end = YearMonth.from(moment).plusMonths(MOST_MONTHS);
        while (YearMonth.from(moment).isBefore(end)) {
            if (!months.contains(moment.getMonthValue())) {
                moment = YearMonth.from(moment).plusMonths(1).atDay(1).atStartOfDay(zone);
            } else if (!days.include(moment.toLocalDate())) {
                moment = moment.toLocalDate().plusDays(1).atStartOfDay(zone);
            } else if (!minutes.contains(moment.getMinute())) {
                moment = moment.plusMinutes(1);
            } else {
                return Optional.of(moment.toInstant());
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> findByTheClock(Instant after, ZoneId zone) {
        var from = after.atZone(zone).toLocalDate();
        var end = YearMonth.from(from).plusMonths(MOST_MONTHS);
        for (var date = from; YearMonth.from(date).isBefore(end); ) {
            if (!months.contains(date.getMonthValue())) {
                date = YearMonth.from(date).plusMonths(1).atDay(1);
                continue;
            }
            if (days.include(date)) {
                var found = findOn(date, after, zone);
                if (found.isPresent()) {
                    return found;
                }
            }
            date = date.plusDays(1);
        }
        return Optional.empty();
    }

    private Optional<Instant> findOn(LocalDate date, Instant after, ZoneId zone) {
        for (var hour : hours) {
            for (var minute : minutes) {
                var moment = moment(date, hour, minute, zone);
                if (moment.isAfter(after)) {
                    return Optional.of(moment);
                }
            }
        }
        return Optional.empty();
    }

    private static Instant moment(LocalDate date, int hour, int minute, ZoneId zone) {
        var local = date.atTime(hour, minute);
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }
}
