package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.ByteSize;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(ByteSize.ofKiB(1));

    @Test
    void bodies_fit_up_to_the_last_byte() {
        assertThat(budget.reserve(ByteSize.ofBytes(1000))).isPresent();
        assertThat(budget.reserve(ByteSize.ofBytes(25))).isEmpty();
        assertThat(budget.reserve(ByteSize.ofBytes(24))).isPresent();
        assertThat(budget.reserved()).isEqualTo(ByteSize.ofKiB(1));
    }

    @Test
    void a_closed_share_makes_room_once() {
        var share = budget.reserve(ByteSize.ofKiB(1)).orElseThrow();

        share.close();
        share.close();

        assertThat(budget.reserved()).isEqualTo(ByteSize.ZERO);
        assertThat(budget.reserve(ByteSize.ofBytes(1025))).isEmpty();
        assertThat(budget.reserve(ByteSize.ofKiB(1))).isPresent();
    }

    @Test
    void no_size_overflows() {
        budget.reserve(ByteSize.ofBytes(1));

        assertThat(budget.reserve(ByteSize.ofBytes(Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void the_default_is_a_quarter_of_the_heap() {
        var quarter = Runtime.getRuntime().maxMemory() / 4;

        assertThat(BodyBudget.ofHeap(25).reserve(ByteSize.ofBytes(quarter))).isPresent();
        assertThat(BodyBudget.ofHeap(25).reserve(ByteSize.ofBytes(quarter + 1))).isEmpty();
    }
}
