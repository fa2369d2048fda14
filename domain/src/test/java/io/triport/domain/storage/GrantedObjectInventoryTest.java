package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.KeptObject;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateLook;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.request.Bytes;
import io.triport.testkit.FakeObjectInventory;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far somebody sees into what objects keep. */
final class GrantedObjectInventoryTest {
    private static final ObjectClass ROOMS = new ObjectClass("rooms");
    private static final ObjectClass CARTS = new ObjectClass("carts");
    private static final StateLook ALL = new StateLook(StateQuery.all(), 10);
    private static final ObjectId OWN = room("app1:a");
    private static final ObjectId OTHER = room("app2:a");
    private static final ObjectId FRESH =
            new ObjectIds(ROOMS).require(room("unknown").bytes());

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeObjectInventory kept = new FakeObjectInventory();
    private final RecordingStorageLog log = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock), Storage.Beside.NOTHING.withDurable(kept), clock, new SettableTicker(), log);
    private final TestGrants grants = new TestGrants(clock);
    private final Grant confined = grants.ofPrefix("rooms", KeyPrefix.of("app1:"));

    @BeforeEach
    void keep() {
        for (var id : List.of(OWN, OTHER, FRESH)) {
            kept.keep(ROOMS, id, Map.of(StateKey.of("secret"), Bytes.utf8("s")), KeptAlarm.NONE);
        }
        kept.keep(CARTS, new ObjectIds(CARTS).named(ObjectName.of("app1:a")), Map.of(), alarm());
    }

    @Test
    void each_look_needs_the_one_action_and_no_other_will_do() {
        var looks = List.<Consumer<ObjectInventory>>of(
                inventory -> inventory.count(ROOMS, 1),
                inventory -> inventory.list(ObjectsQuery.first(ROOMS, 1)),
                inventory -> inventory.find(ROOMS, OWN),
                inventory -> inventory.state(ROOMS, OWN, ALL));

        for (var look : looks) {
            for (var action : Action.values()) {
                var inventory = storage.objectInventory(grants.of("one", Permission.on("rooms", action)));
                if (action == Action.DURABLE_INSPECT) {
                    look.accept(inventory);
                } else {
                    assertDenied(() -> look.accept(inventory));
                }
            }
        }
    }

    @Test
    void classes_that_the_grant_does_not_reach_are_not_there() {
        var one = storage.objectInventory(grants.of("one", Permission.on("rooms", Action.DURABLE_INSPECT)));
        var none = storage.objectInventory(grants.of("none", Permission.on("rooms", Action.DURABLE_READ)));

        assertThat(one.classes()).containsExactly(ROOMS);
        assertThat(none.classes()).isEmpty();
        assertDenied(() -> one.list(ObjectsQuery.first(CARTS, 1)));
    }

    @Test
    void who_is_confined_to_some_names_sees_the_objects_of_these_names_only() {
        var inventory = storage.objectInventory(confined);

        assertThat(walked(inventory)).containsExactly(OWN);
        assertThat(inventory.find(ROOMS, OWN)).isPresent();
        assertThat(inventory.state(ROOMS, OWN, ALL)).hasSize(1);
        for (var hidden : List.of(OTHER, FRESH)) {
            assertThat(inventory.find(ROOMS, hidden)).isEmpty();
            assertThat(inventory.state(ROOMS, hidden, ALL)).isEmpty();
        }
    }

    @Test
    void who_is_confined_to_some_names_is_not_told_how_many_objects_there_are() {
        assertDenied(() -> storage.objectInventory(confined).count(ROOMS, 10));
    }

    @Test
    void a_name_that_the_id_is_not_made_of_opens_nothing() {
        kept.keep(ROOMS, OTHER.named(ObjectName.of("app1:b")), Map.of(StateKey.of("secret"), Bytes.utf8("s")), alarm());
        var inventory = storage.objectInventory(confined);

        assertThat(walked(inventory)).containsExactly(OWN);
        assertThat(inventory.state(ROOMS, OTHER.named(ObjectName.of("app1:b")), ALL))
                .isEmpty();
    }

    @Test
    void a_grant_that_has_ended_shows_nothing() {
        var grant = grants.ofEverything();
        var inventory = storage.objectInventory(grant);
        grant.close();

        assertDenied(inventory::classes);
        assertDenied(() -> inventory.count(ROOMS, 1));
        assertDenied(() -> inventory.list(ObjectsQuery.first(ROOMS, 1)));
        assertDenied(() -> inventory.find(ROOMS, OWN));
        assertDenied(() -> inventory.state(ROOMS, OWN, ALL));
    }

    @Test
    void where_only_the_owner_sees_what_objects_keep_a_look_is_unsupported() {
        var blind = new Storage(new FakeStorageEngine(clock), clock, new SettableTicker(), log);

        assertThatThrownBy(() -> blind.objectInventory(grants.ofEverything()))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }

    @Test
    void each_look_is_told_to_the_log_with_its_class() {
        var inventory = storage.objectInventory(grants.ofEverything());
        inventory.classes();
        inventory.count(ROOMS, 1);
        inventory.list(ObjectsQuery.first(ROOMS, 1));
        inventory.find(ROOMS, OWN);
        inventory.state(ROOMS, OWN, ALL);

        assertThat(log.calls())
                .extracting(call -> call.port().text() + " " + call.operation() + " " + call.resource())
                .containsExactly(
                        "durable-inventory classes ",
                        "durable-inventory count rooms",
                        "durable-inventory list rooms",
                        "durable-inventory find rooms",
                        "durable-inventory state rooms");
    }

    private static List<ObjectId> walked(ObjectInventory inventory) {
        var found = new ArrayList<ObjectId>();
        var query = ObjectsQuery.first(ROOMS, 1);
        var page = inventory.list(query);
        while (page instanceof KeptObjects.More more) {
            more.objects().stream().map(KeptObject::id).forEach(found::add);
            page = inventory.list(query.after(more.last()));
        }
        page.objects().stream().map(KeptObject::id).forEach(found::add);
        return found;
    }

    private static KeptAlarm alarm() {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        return new KeptAlarm.Due(at, at, 0);
    }

    private static ObjectId room(String name) {
        return new ObjectIds(ROOMS).named(ObjectName.of(name));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
