package io.triport.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CronPropertyTest {
    private static final long FIRST = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2090-01-01T00:00:00Z").getEpochSecond();

    /** The slow way: every minute is asked. */
    @Property(tries = 300)
    void the_next_moment_is_the_first_minute_that_every_field_includes(
            @ForAll("simple") Simple fields, @ForAll("moments") Instant after) {
        var next = Cron.parse(fields.text()).next(after);

        var slow = Stream.iterate(
                        after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES),
                        minute -> minute.plus(1, ChronoUnit.MINUTES))
                .filter(minute -> fields.include(minute))
                .findFirst()
                .orElseThrow();
        assertThat(next).isEqualTo(slow);
    }

    @Property(tries = 300)
    void the_next_moment_is_later_and_nothing_lies_between(
            @ForAll("expressions") String text, @ForAll("moments") Instant after, @ForAll("zones") ZoneId zone) {
        var cron = Cron.parse(text);
        var next = cron.next(after, zone);

        assertThat(next).isAfter(after);
        assertThat(cron.next(next.minusMillis(1), zone)).isEqualTo(next);
        var between = after.plusSeconds((next.getEpochSecond() - after.getEpochSecond()) / 2);
        if (between.isAfter(after) && between.isBefore(next)) {
            assertThat(cron.next(between, zone)).isEqualTo(next);
        }
    }

    @Property
    void any_text_is_an_expression_or_invalid_input(@ForAll String text) {
        try {
            assertThat(Cron.parse(text).next(Instant.EPOCH)).isAfter(Instant.EPOCH);
        } catch (InvalidInput e) {
            assertThat(e.field()).isEqualTo("cron");
        }
    }

    @Property
    void five_fields_of_likely_characters_are_an_expression_or_invalid_input(@ForAll("garbled") String text) {
        try {
            assertThat(Cron.parse(text)).hasToString(text);
        } catch (InvalidInput e) {
            assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(InvalidInput.class);
        }
    }

    /** Minute, hour and day of the week, a step in each. */
    record Simple(int minuteStep, int hour, int weekday) {
        String text() {
            return "*/" + minuteStep + " " + hour + " * * " + weekday;
        }

        boolean include(Instant minute) {
            var time = minute.atZone(ZoneOffset.UTC);
            return time.getMinute() % minuteStep == 0
                    && time.getHour() == hour
                    && time.getDayOfWeek().getValue() % 7 + 1 == weekday;
        }
    }

    @Provide
    Arbitrary<Simple> simple() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 59),
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(1, 7))
                .as(Simple::new);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(FIRST, LAST).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "Asia/Kolkata",
                        "Australia/Lord_Howe",
                        "Pacific/Apia")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<String> expressions() {
        var minute = Arbitraries.of("*", "0", "*/7", "5,35", "10-20");
        var hour = Arbitraries.of("*", "2", "0,2,23", "*/6");
        var day = Arbitraries.of("*", "1", "L", "LW", "15W", "L-2", "10-20");
        var month = Arbitraries.of("*", "3", "OCT", "2-11");
        var weekday = Arbitraries.of("*", "1", "MON-FRI", "6L", "2#3", "L");
        return Combinators.combine(minute, hour, day, month, weekday)
                .as((a, b, c, d, e) -> String.join(" ", a, b, c, d, e));
    }

    @Provide
    Arbitrary<String> garbled() {
        var field = Arbitraries.strings()
                .withChars("0123456789*/-,#LW")
                .ofMinLength(1)
                .ofMaxLength(4);
        return Combinators.combine(field, field, field, field, field)
                .as((a, b, c, d, e) -> String.join(" ", a, b, c, d, e));
    }
}
