package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.memory.Memory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FullnessTest {
    private static final ObjectClass TYPE = new ObjectClass("things");
    private static final int MOST = 10;

    private final StateStore store = Memory.states();
    private final Address address = new Address(TYPE, new ObjectIds(TYPE).named(ObjectName.of("one")));
    private final Fullness fullness = new Fullness(store, MOST);
    private Tenure tenure = store.claim(address).orElseThrow();

    @Test
    void an_object_is_filled_to_its_last_byte_and_no_further() {
        commit(put("a", 4));
        commit(put("b", 4));

        refuse(put("c", 0));

        assertThat(store.bytes(tenure)).isEqualTo(MOST);
    }

    @Test
    void what_is_replaced_or_removed_makes_room() {
        commit(put("a", 9));

        commit(put("a", 9));
        commit(put("a", 1));
        commit(put("b", 7));
        refuse(put("c", 0));
        commit(new StateChanges(
                StateChanges.Before.STAYS,
                Map.of(StateKey.of("c"), bytes(1)),
                Set.of(StateKey.of("a")),
                AlarmChange.STAYS,
                List.of()));
        commit(new StateChanges(
                StateChanges.Before.GOES, Map.of(StateKey.of("d"), bytes(9)), Set.of(), AlarmChange.STAYS, List.of()));

        assertThat(store.bytes(tenure)).isEqualTo(MOST);
    }

    @Test
    void what_another_owner_has_written_counts() {
        commit(put("a", 1));
        var other = store.claim(address).orElseThrow();
        store.commit(other, put("b", 7));
        tenure = store.claim(address).orElseThrow();

        refuse(put("c", 0));
    }

    @Test
    void a_commit_that_fails_counts_for_nothing() {
        commit(put("a", 4));
        assertThatThrownBy(() -> fullness.commit(tenure, put("b", 4), () -> {
                    throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "by the test");
                }))
                .isInstanceOf(StorageFailure.Unavailable.class);

        commit(put("c", 4));

        assertThat(store.bytes(tenure)).isEqualTo(MOST);
    }

    private void commit(StateChanges changes) {
        fullness.commit(tenure, changes, () -> store.commit(tenure, changes));
    }

    private void refuse(StateChanges changes) {
        assertThatThrownBy(() -> commit(changes))
                .isInstanceOfSatisfying(
                        StorageFailure.LimitExceeded.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE));
    }

    private static StateChanges put(String key, int size) {
        return new StateChanges(
                StateChanges.Before.STAYS,
                Map.of(StateKey.of(key), bytes(size)),
                Set.of(),
                AlarmChange.STAYS,
                List.of());
    }

    private static Bytes bytes(int size) {
        return Bytes.copyOf(new byte[size]);
    }
}
