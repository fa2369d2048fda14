package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.ObjectKeeper;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.testkit.ObjectInventoryContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgreSqlObjectInventoryTest extends ObjectInventoryContract {
    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final ObjectInventory inventory = database.storage().inventory();
    private final StateStore owner = database.storage().states(Ticker.system(), PostgreSqlStateStore.FENCE);

    @AfterEach
    void close() {
        owner.close();
        database.close();
    }

    @Override
    protected ObjectInventory inventory() {
        return inventory;
    }

    @Override
    protected void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        new ObjectKeeper(owner).keep(type, id, state, alarm);
    }

    @Test
    void an_object_that_has_only_a_database_is_seen_with_its_bytes() {
        new ObjectKeeper(owner).keepPages(ROOMS, room("a"), 3);
        keep(ROOMS, room("b"), ONE, KeptAlarm.NONE);
        var before = inventory.find(ROOMS, room("b")).orElseThrow();

        new ObjectKeeper(owner).keepPages(ROOMS, room("b"), 2);

        assertThat(inventory.classes()).containsExactly(ROOMS);
        assertThat(inventory.count(ROOMS, 10)).isEqualTo(2);
        assertThat(inventory.list(ObjectsQuery.first(ROOMS, 10)).objects()).hasSize(2);
        assertThat(inventory.find(ROOMS, room("a")).orElseThrow().bytes()).isEqualTo(3 * PageChanges.PAGE_BYTES);
        assertThat(inventory.find(ROOMS, room("b")).orElseThrow())
                .isEqualTo(new ObjectSummary(
                        before.object(), before.entries(), before.bytes() + 2 * PageChanges.PAGE_BYTES));
    }

    @Test
    void a_look_ends_no_tenure_and_sees_the_next_commit() {
        var tenure = owner.claim(new Address(ROOMS, room("a"))).orElseThrow();

        assertThat(inventory.classes()).isEmpty();
        owner.commit(tenure, changes(ONE, Set.of()));

        assertThat(inventory.find(ROOMS, room("a"))).isPresent();
        assertThat(owner.lasts(tenure)).isTrue();
    }

    @Test
    void an_object_whose_last_entry_was_deleted_is_not_there_though_its_row_is() {
        keep(ROOMS, room("a"), ONE, KeptAlarm.NONE);
        var tenure = owner.claim(new Address(ROOMS, room("a"))).orElseThrow();
        owner.commit(tenure, changes(Map.of(), Set.of(COUNT)));

        assertThat(inventory.classes()).isEmpty();
        assertThat(inventory.count(ROOMS, 10)).isZero();
        assertThat(inventory.find(ROOMS, room("a"))).isEmpty();
    }

    private static StateChanges changes(Map<StateKey, Bytes> puts, Set<StateKey> deletes) {
        return new StateChanges(StateChanges.Before.STAYS, puts, deletes, AlarmChange.STAYS, List.of());
    }
}
