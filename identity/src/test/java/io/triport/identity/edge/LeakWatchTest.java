package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

final class LeakWatchTest {
    @Test
    void a_buffer_that_nobody_gives_back_is_reported() throws InterruptedException {
        try (var watch = new LeakWatch()) {
            PooledByteBufAllocator.DEFAULT.buffer();

            assertThat(watch.reports()).singleElement().asString().contains("LEAK");
        }
    }
}
