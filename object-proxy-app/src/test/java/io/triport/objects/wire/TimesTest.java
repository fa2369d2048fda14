package io.triport.objects.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class TimesTest {
    private static final DateTimeFormatter PLATFORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Test
    void a_field_is_a_moment_as_http_writes_it() {
        assertThat(Times.field(Instant.parse("1994-11-06T08:49:37.999Z"))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    /** From the year 100 to the year 20000, so on both sides of those that are written by hand. */
    @Property
    void a_field_is_what_the_platform_makes_of_the_moment(
            @ForAll @LongRange(min = -59_000_000_000L, max = 569_000_000_000L) long second) {
        var moment = Instant.ofEpochSecond(second);

        assertThat(Times.field(moment)).isEqualTo(PLATFORM.format(moment));
    }

    @Property
    void a_field_is_read_as_the_moment_that_it_was_written_for(
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
        var moment = Instant.ofEpochSecond(second);

        assertThat(Times.parse(Times.field(moment))).contains(moment);
    }
}
