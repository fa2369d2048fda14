package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private static final EdgeLimits.Work TWO = new EdgeLimits.Work(2, 2, 2, Duration.ofMillis(50));

    private final TestTicker ticker = new TestTicker();
    private final Places places = new Places(TWO, ticker);

    @Test
    void places_then_turns_then_neither() {
        assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.NOW);
        assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.NOW);
        assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.LATER);
        assertThat(places.full()).isFalse();
        assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.LATER);
        assertThat(places.full()).isTrue();
        assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.NEVER);
    }

    @Test
    void the_first_in_the_queue_gets_the_freed_place() {
        take(2);
        var first = wait(new Guest());
        var second = wait(new Guest());

        places.answered(1);

        assertThat(first.told).containsExactly("admitted");
        assertThat(second.told).isEmpty();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void who_waited_fifty_milliseconds_is_told_so_and_the_next_one_served() {
        take(2);
        var old = wait(new Guest());
        ticker.advance(Duration.ofMillis(50));
        var young = wait(new Guest());

        places.abandoned();

        assertThat(old.told).containsExactly("too late");
        assertThat(young.told).containsExactly("admitted");
    }

    @Test
    void who_withdrew_is_told_nothing() {
        take(2);
        var guest = wait(new Guest());

        assertThat(places.withdraw(guest)).isTrue();
        assertThat(places.withdraw(guest)).isFalse();
        places.answered(1);

        assertThat(guest.told).isEmpty();
        assertThat(places.taken()).isEqualTo(1);
    }

    @Property(tries = 300)
    void never_more_than_the_limit_are_at_work_or_waiting(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 3) Integer> steps) {
        var clock = new TestTicker();
        var bounded = new Places(new EdgeLimits.Work(8, 8, 8, Duration.ofMillis(50)), clock);
        var guests = new ArrayList<Guest>();
        var waiting = 0;
        for (var step : steps) {
            switch (step) {
                case 0, 1 -> {
                    var guest = new Guest();
                    guests.add(guest);
                    waiting += bounded.ask(guest) == Places.Turn.LATER ? 1 : 0;
                }
                case 2 -> {
                    if (bounded.taken() > 0) {
                        bounded.answered(1_000_000);
                    }
                }
                default -> clock.advance(Duration.ofMillis(20));
            }
            var told = guests.stream().mapToInt(guest -> guest.told.size()).sum();
            assertThat(bounded.taken()).isBetween(0, 8);
            assertThat(waiting - told).isBetween(0, 8);
        }
    }

    private void take(int count) {
        for (var i = 0; i < count; i++) {
            assertThat(places.ask(new Guest())).isEqualTo(Places.Turn.NOW);
        }
    }

    private Guest wait(Guest guest) {
        assertThat(places.ask(guest)).isEqualTo(Places.Turn.LATER);
        return guest;
    }

    private static final class Guest implements Places.Candidate {
        private final List<String> told = new ArrayList<>();

        @Override
        public void admitted() {
            told.add("admitted");
        }

        @Override
        public void tooLate() {
            told.add("too late");
        }
    }
}
