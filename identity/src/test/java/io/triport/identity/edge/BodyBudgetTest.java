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
    void what_must_be_possible_alone_has_no_other_of_its_size_beside_it() {
        var small = new BodyBudget(ByteSize.ofBytes(100));
        var body = small.reserve(ByteSize.ofBytes(10));
        var large = small.reserveMostOf(ByteSize.ofBytes(1_000));

        assertThat(body).isPresent();
        assertThat(large).isPresent();
        assertThat(small.reserved()).isEqualTo(ByteSize.ofBytes(85));
        assertThat(small.reserveMostOf(ByteSize.ofBytes(1_000))).isEmpty();
        assertThat(small.reserveMostOf(ByteSize.ofBytes(15))).isPresent();
    }

    @Test
    void a_part_of_the_heap_is_what_it_says() {
        var heap = Runtime.getRuntime().maxMemory();

        assertThat(BodyBudget.ofHeap(25).reserve(ByteSize.ofBytes(heap / 4))).isPresent();
        assertThat(BodyBudget.ofHeap(25).reserve(ByteSize.ofBytes(heap / 4 + 1)))
                .isEmpty();
        assertThat(BodyBudget.ofHeap(50).reserve(ByteSize.ofBytes(heap / 2))).isPresent();
    }
}
