package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PresenceTest {
    private final SettableTicker ticker = new SettableTicker();
    private final FakeRateLimiter store = new FakeRateLimiter(ticker);

    @Test
    void a_process_takes_part_from_its_begin_on_without_a_request() {
        store.nodes("other", Duration.ofSeconds(15));

        try (var presence = Presence.begin(store, "one")) {
            assertThat(presence.nodes()).isEqualTo(2);
            assertThat(store.nodes("other", Duration.ofSeconds(15))).isEqualTo(2);
        }
    }

    @Test
    void a_process_that_has_gone_counts_no_longer() {
        store.nodes("other", Duration.ofSeconds(15));
        var presence = new Presence(store, "one", null);
        presence.tell();

        ticker.advance(Duration.ofSeconds(16));
        presence.tell();

        assertThat(presence.nodes()).isEqualTo(1);
    }

    @Test
    void without_a_store_there_is_one_node() {
        try (var presence = Presence.begin(null, "one")) {
            assertThat(presence.nodes()).isEqualTo(1);
        }
    }
}
