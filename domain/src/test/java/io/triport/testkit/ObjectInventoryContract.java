package io.triport.testkit;

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
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateLook;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every inventory of durable objects promises. */
public abstract class ObjectInventoryContract {
    protected static final ObjectClass ROOMS = new ObjectClass("rooms");
    protected static final StateKey COUNT = StateKey.of("count");
    protected static final Map<StateKey, Bytes> ONE = Map.of(COUNT, Bytes.utf8("1"));

    private static final ObjectClass CARTS = new ObjectClass("carts");
    private static final Instant SET_TO = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final KeptAlarm ALARM = new KeptAlarm.Due(SET_TO.plusSeconds(2), SET_TO, 1);
    private static final Map<StateKey, Bytes> NOTHING = Map.of();
    private static final StateLook ALL = new StateLook(StateQuery.all(), ObjectState.MOST_BYTES);

    /** The same one, empty at first, in every call of a test. */
    protected abstract ObjectInventory inventory();

    /** Makes all that an object keeps this, by whatever else keeps it. */
    protected abstract void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm);

    @Test
    void where_nothing_is_kept_there_is_nothing_to_see() {
        assertThat(inventory().classes()).isEmpty();
        assertThat(inventory().count(ROOMS, 10)).isZero();
        assertThat(inventory().list(ObjectsQuery.first(ROOMS, 10))).isEqualTo(new KeptObjects.Last(List.of()));
        assertThat(inventory().find(ROOMS, room("a"))).isEmpty();
        assertThat(inventory().state(ROOMS, room("a"), ALL)).isEmpty();
    }

    @Test
    void classes_come_once_each_in_the_order_of_their_names() {
        keep(ROOMS, room("a"), ONE, KeptAlarm.NONE);
        keep(ROOMS, room("b"), ONE, KeptAlarm.NONE);
        keep(CARTS, named(CARTS, "a"), NOTHING, ALARM);
        keep(new ObjectClass("ROOMS"), named(new ObjectClass("ROOMS"), "a"), ONE, ALARM);

        assertThat(inventory().classes()).containsExactly(new ObjectClass("ROOMS"), CARTS, ROOMS);
    }

    @Test
    void objects_are_counted_by_class_up_to_a_bound() {
        for (var name : List.of("a", "b", "c")) {
            keep(ROOMS, room(name), ONE, KeptAlarm.NONE);
        }
        keep(CARTS, named(CARTS, "a"), NOTHING, ALARM);

        assertThat(inventory().count(ROOMS, 10)).isEqualTo(3);
        assertThat(inventory().count(ROOMS, 2)).isEqualTo(2);
        assertThat(inventory().count(CARTS, 10)).isEqualTo(1);
    }

    @Test
    void an_object_has_its_name_and_its_alarm() {
        keep(ROOMS, room("kitchen"), ONE, ALARM);
        var nameless = new ObjectIds(ROOMS).require(room("cellar").bytes());
        keep(ROOMS, nameless, ONE, KeptAlarm.NONE);

        var found = inventory().list(ObjectsQuery.first(ROOMS, 10)).objects();

        assertThat(found)
                .containsExactlyInAnyOrder(
                        new KeptObject(room("kitchen"), ALARM), new KeptObject(nameless, KeptAlarm.NONE));
        assertThat(found)
                .extracting(object -> object.id().name())
                .containsExactlyInAnyOrder(Optional.of(ObjectName.of("kitchen")), Optional.empty());
    }

    @Test
    void pages_show_each_object_once_in_the_order_of_ids() {
        var ids = new TreeMap<Bytes, ObjectId>();
        for (var name : List.of("a", "b", "c", "d", "e")) {
            ids.put(room(name).bytes(), room(name));
            keep(ROOMS, room(name), ONE, KeptAlarm.NONE);
        }
        keep(CARTS, named(CARTS, "a"), ONE, KeptAlarm.NONE);

        var found = new ArrayList<ObjectId>();
        var query = ObjectsQuery.first(ROOMS, 2);
        var page = inventory().list(query);
        while (page instanceof KeptObjects.More more) {
            assertThat(more.objects()).hasSizeLessThanOrEqualTo(2);
            more.objects().forEach(object -> found.add(object.id()));
            page = inventory().list(query.after(more.last()));
        }
        page.objects().forEach(object -> found.add(object.id()));

        assertThat(found).containsExactlyElementsOf(ids.values());
    }

    @Test
    void an_object_with_an_alarm_alone_is_kept_and_one_with_nothing_is_not() {
        keep(ROOMS, room("a"), NOTHING, ALARM);
        keep(ROOMS, room("b"), ONE, KeptAlarm.NONE);
        keep(ROOMS, room("b"), NOTHING, KeptAlarm.NONE);

        assertThat(inventory().find(ROOMS, room("a")).orElseThrow().entries()).isZero();
        assertThat(inventory().find(ROOMS, room("b"))).isEmpty();
        assertThat(inventory().count(ROOMS, 10)).isEqualTo(1);

        keep(ROOMS, room("a"), NOTHING, KeptAlarm.NONE);

        assertThat(inventory().classes()).isEmpty();
        assertThat(inventory().list(ObjectsQuery.first(ROOMS, 10)).objects()).isEmpty();
    }

    @Test
    void what_an_object_keeps_is_counted_in_entries_and_in_bytes_of_keys_and_values() {
        keep(ROOMS, room("a"), Map.of(COUNT, Bytes.utf8("12"), StateKey.of("\u00E9"), Bytes.utf8("\u00E9")), ALARM);

        var found = inventory().find(ROOMS, room("a")).orElseThrow();

        assertThat(found.entries()).isEqualTo(2);
        assertThat(found.bytes()).isEqualTo(5 + 2 + 2 + 2);
        assertThat(found.object()).isEqualTo(new KeptObject(room("a"), ALARM));
        assertThat(found.object().id().name()).contains(ObjectName.of("a"));
    }

    @Test
    void entries_come_in_the_order_of_their_keys_bytes_with_the_beginning_of_their_values() {
        var high = new StateKey(Bytes.copyOf(new byte[] {(byte) 0xFF, (byte) 0xFF}));
        keep(
                ROOMS,
                room("a"),
                Map.of(high, Bytes.EMPTY, StateKey.of("b"), Bytes.utf8("long"), COUNT, Bytes.utf8("1")),
                KeptAlarm.NONE);

        assertThat(inventory().state(ROOMS, room("a"), new StateLook(StateQuery.all(), 2)))
                .containsExactly(
                        new StateGlance(StateKey.of("b"), 4, Bytes.utf8("lo")),
                        new StateGlance(COUNT, 1, Bytes.utf8("1")),
                        new StateGlance(high, 0, Bytes.EMPTY));
        assertThat(inventory().state(ROOMS, room("a"), ALL).getFirst().beginning())
                .isEqualTo(Bytes.utf8("long"));
        assertThat(inventory().state(ROOMS, room("a"), new StateLook(StateQuery.all(), 0)))
                .allSatisfy(entry -> assertThat(entry.beginning()).isEqualTo(Bytes.EMPTY));
    }

    @Test
    void entries_are_those_after_a_key_with_a_prefix_up_to_a_limit() {
        keep(
                ROOMS,
                room("a"),
                Map.of(
                        StateKey.of("a"), Bytes.utf8("1"),
                        StateKey.of("m:1"), Bytes.utf8("2"),
                        StateKey.of("m:2"), Bytes.utf8("3"),
                        StateKey.of("m:3"), Bytes.utf8("4"),
                        StateKey.of("n"), Bytes.utf8("5")),
                KeptAlarm.NONE);
        var asked = StateQuery.of("m:");

        assertThat(keys(asked)).containsExactly("m:1", "m:2", "m:3");
        assertThat(keys(asked.limitedTo(2))).containsExactly("m:1", "m:2");
        assertThat(keys(asked.after(StateKey.of("m:2")))).containsExactly("m:3");
        assertThat(keys(new StateQuery(Bytes.copyOf(new byte[] {(byte) 0xFF}), Bytes.EMPTY, 10)))
                .isEmpty();
    }

    @Test
    void an_object_of_one_class_is_none_of_another() {
        keep(ROOMS, room("a"), ONE, ALARM);

        assertThat(inventory().find(CARTS, room("a"))).isEmpty();
        assertThat(inventory().state(CARTS, room("a"), ALL)).isEmpty();
        assertThat(inventory().list(ObjectsQuery.first(CARTS, 10)).objects()).isEmpty();
    }

    @Test
    void a_page_has_1_to_1000_objects_and_a_beginning_at_most_2000000_bytes() {
        for (var bad : List.of(0, 1_001)) {
            assertThatThrownBy(() -> ObjectsQuery.first(ROOMS, bad)).isInstanceOf(InvalidInput.class);
        }
        for (var bad : List.of(-1, 2_000_001)) {
            assertThatThrownBy(() -> new StateLook(StateQuery.all(), bad)).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> new KeptAlarm.Due(SET_TO, SET_TO, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> keys(StateQuery query) {
        return inventory().state(ROOMS, room("a"), new StateLook(query, 1)).stream()
                .map(entry -> entry.key().bytes().toUtf8())
                .toList();
    }

    protected static ObjectId room(String name) {
        return named(ROOMS, name);
    }

    private static ObjectId named(ObjectClass type, String name) {
        return new ObjectIds(type).named(ObjectName.of(name));
    }
}
