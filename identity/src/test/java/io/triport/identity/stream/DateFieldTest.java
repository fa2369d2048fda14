package io.triport.identity.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.triport.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DateFieldTest {
    private final SettableClock clock = SettableClock.at("2026-11-06T08:49:37Z");
    private final DateField date = new DateField(clock);

    @Test
    void the_field_is_the_moment_as_http_writes_it() {
        assertEquals("Fri, 06 Nov 2026 08:49:37 GMT", date.now());
    }

    @Test
    void within_a_second_it_stays_what_it_is() {
        var first = date.now();

        clock.advance(Duration.ofMillis(999));

        assertEquals(first, date.now());
    }

    @Test
    void the_next_second_has_its_own() {
        date.now();

        clock.advance(Duration.ofSeconds(1));

        assertEquals("Fri, 06 Nov 2026 08:49:38 GMT", date.now());
    }

    @Test
    void it_goes_back_with_a_clock_that_is_set_back() {
        date.now();

        clock.advance(Duration.ofSeconds(-1));

        assertEquals("Fri, 06 Nov 2026 08:49:36 GMT", date.now());
    }
}
