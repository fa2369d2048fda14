package io.triport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private static final Duration OPEN = Duration.ofSeconds(30);

    private final SettableTicker ticker = new SettableTicker();
    private final List<Breaker.State> changes = new ArrayList<>();
    private final Breaker breaker = new Breaker(BreakerSettings.defaults(), ticker, changes::add);

    @Test
    void a_closed_breaker_lets_everything_pass() {
        IntStream.range(0, 100).forEach(i -> enter().succeeded());

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.wouldPass()).isTrue();
        assertThat(breaker.retryAfter()).isZero();
    }

    @Test
    void failures_in_a_row_open_it() {
        fail(4);
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.wouldPass()).isFalse();
        assertThat(breaker.enter()).isEmpty();
        assertThat(changes).containsExactly(Breaker.State.OPEN);
    }

    @Test
    void a_success_ends_the_row() {
        IntStream.range(0, 10).forEach(i -> enter().succeeded());
        for (var i = 0; i < 2; i++) {
            fail(4);
            enter().succeeded();
        }

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void half_of_the_requests_failing_open_it_without_a_row() {
        for (var i = 0; i < 2; i++) {
            enter().failed();
            enter().succeeded();
        }
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);

        enter().failed();

        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void too_few_requests_open_nothing() {
        var settings = new BreakerSettings(2, Duration.ofSeconds(30), 10, 0.5, OPEN, 1, 2);
        var patient = new Breaker(settings, ticker, changes::add);
        for (var i = 0; i < 9; i++) {
            patient.enter().orElseThrow().failed();
        }
        assertThat(patient.state()).isEqualTo(Breaker.State.CLOSED);

        patient.enter().orElseThrow().failed();

        assertThat(patient.state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void what_is_older_than_the_window_does_not_count() {
        fail(4);
        ticker.advance(Duration.ofSeconds(32));

        fail(4);

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void cancelled_requests_count_for_nothing() {
        fail(4);
        IntStream.range(0, 100).forEach(i -> enter().cancelled());
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void an_open_breaker_tells_the_time_that_remains() {
        fail(5);
        ticker.advance(Duration.ofSeconds(12));

        assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void it_becomes_half_open_by_time_without_traffic() {
        fail(5);
        ticker.advance(OPEN.minusNanos(1));
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);

        ticker.advance(Duration.ofNanos(1));

        assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);
        assertThat(breaker.wouldPass()).isTrue();
    }

    @Test
    void a_half_open_breaker_lets_its_probes_pass_and_no_more() {
        fail(5);
        ticker.advance(OPEN);

        var passages = AtOnce.run(20, caller -> breaker::enter);

        assertThat(passages).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(breaker.wouldPass()).isFalse();
        assertThat(breaker.retryAfter()).isPositive();
    }

    @Test
    void good_probes_close_it() {
        fail(5);
        ticker.advance(OPEN);
        enter().succeeded();
        assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);

        enter().succeeded();

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(changes).containsExactly(Breaker.State.OPEN, Breaker.State.CLOSED);
    }

    @Test
    void a_probe_that_says_nothing_makes_room_for_another() {
        fail(5);
        ticker.advance(OPEN);
        enter().cancelled();

        assertThat(breaker.enter()).isPresent();
        assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);
    }

    @Test
    void a_failed_probe_opens_it_for_twice_as_long_up_to_five_minutes() {
        fail(5);
        for (var seconds : List.of(30, 60, 120, 240, 300, 300)) {
            assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
            ticker.advance(Duration.ofSeconds(seconds));
            enter().failed();
        }
    }

    @Test
    void once_closed_it_opens_for_the_first_time_again() {
        fail(5);
        ticker.advance(OPEN);
        enter().failed();
        ticker.advance(OPEN.multipliedBy(2));
        enter().succeeded();
        enter().succeeded();

        fail(5);

        assertThat(breaker.retryAfter()).isEqualTo(OPEN);
    }

    @Test
    void requests_from_before_a_change_say_nothing_afterwards() {
        var late = IntStream.range(0, 5).mapToObj(i -> enter()).toList();
        fail(5);
        ticker.advance(OPEN);

        late.forEach(Breaker.Passage::failed);
        assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);
        enter().succeeded();
        enter().succeeded();

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void only_the_first_thing_said_of_a_passage_counts() {
        fail(4);
        var passage = enter();

        passage.succeeded();
        passage.failed();

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatThrownBy(() -> settings(0, Duration.ofSeconds(30), 0.5, OPEN)).hasMessageStartingWith("failures: 0");
        assertThatThrownBy(() -> settings(1, Duration.ZERO, 0.5, OPEN)).hasMessageStartingWith("window: PT0S");
        assertThatThrownBy(() -> settings(1, OPEN, Double.NaN, OPEN)).hasMessageStartingWith("errorRate: NaN");
        assertThatThrownBy(() -> settings(1, OPEN, 1.1, OPEN)).hasMessageStartingWith("errorRate: 1.1");
        assertThatThrownBy(() -> settings(1, OPEN, 1, Duration.ofHours(1))).hasMessageStartingWith("open: PT1H");
    }

    private static BreakerSettings settings(int failures, Duration window, double errorRate, Duration open) {
        return new BreakerSettings(failures, window, 1, errorRate, open, 1, 1);
    }

    private Breaker.Passage enter() {
        return breaker.enter().orElseThrow();
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(i -> enter().failed());
    }
}
