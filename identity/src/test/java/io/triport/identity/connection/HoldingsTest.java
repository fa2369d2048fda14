package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HoldingsTest {
    private final EmbeddedChannel connection = new EmbeddedChannel();
    private final AtomicInteger letGo = new AtomicInteger();

    @Test
    void what_is_held_is_let_go_once_when_the_reply_is_taken() {
        Holdings.of(connection).add(letGo::incrementAndGet);
        Holdings.of(connection).add(letGo::incrementAndGet);
        assertThat(letGo).hasValue(0);

        Holdings.taken(connection);
        Holdings.taken(connection);
        Holdings.ended(connection);

        assertThat(letGo).hasValue(2);
    }

    @Test
    void what_is_to_be_held_for_a_connection_that_has_ended_is_let_go_at_once() {
        Holdings.of(connection).add(letGo::incrementAndGet);
        Holdings.ended(connection);
        assertThat(letGo).hasValue(1);

        Holdings.of(connection).add(letGo::incrementAndGet);

        assertThat(letGo).hasValue(2);
    }

    @Test
    void a_connection_for_which_nothing_is_held_has_nothing_to_let_go() {
        Holdings.taken(connection);

        assertThat(letGo).hasValue(0);
    }
}
