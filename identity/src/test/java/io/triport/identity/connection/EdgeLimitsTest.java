package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EdgeLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_value_out_of_range_is_named_with_its_range() {
        assertThatThrownBy(() -> new EdgeLimits.Connections(10, 11, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connections-per-address: 11 (expected: 1..10)");
        assertThatThrownBy(() -> new EdgeLimits.Head(ByteSize.ofBytes(63), ByteSize.ofKiB(32), 100, 200))
                .hasMessage("request-line: 63 (expected: 64..65536)");
        assertThatThrownBy(() -> new EdgeLimits.Patience(SECOND, SECOND, Duration.ZERO, SECOND))
                .hasMessage("keep-alive: PT0S (expected: PT0.001S..PT168H)");
        assertThatThrownBy(() -> new EdgeLimits.Work(8, 9, 10, SECOND)).hasMessage("places-start: 8 (expected: 9..10)");
        assertThatThrownBy(() -> new EdgeLimits.Pace(SECOND, SECOND, ByteSize.ZERO, SECOND))
                .hasMessage("body-rate: 0 (expected: 1..1048576)");
    }
}
