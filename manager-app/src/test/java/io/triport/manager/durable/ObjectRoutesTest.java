package io.triport.manager.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageSettings;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.storage.durable.StoredAlarm;
import io.triport.storage.sqlite.Sqlite;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Beside an owner that has the objects all the time. */
final class ObjectRoutesTest {
    private static final String ALL = "/api/durable-objects";
    private static final String ROOMS = ALL + "/rooms/objects";
    private static final String CLOUDFLARE =
            "/client/v4/accounts/0123456789abcdef0123456789abcdef/workers/durable_objects/namespaces";
    private static final ObjectClass TYPE = new ObjectClass("rooms");
    private static final ObjectId KITCHEN = new ObjectIds(TYPE).named(ObjectName.of("kitchen"));
    private static final Instant SET_TO = Instant.parse("2026-01-01T00:00:00Z");

    private static ManagerUnderTest manager;
    private static StateStore owner;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.peopled(new StorageSettings.Embedded(), SettableClock.anywhere());
        var directory = Path.of(manager.part(StorageSettings.class).directory());
        owner = Sqlite.states(directory.resolve("durable"));
        keep(
                TYPE,
                KITCHEN,
                Map.of(
                        StateKey.of("count"),
                        Bytes.utf8("3"),
                        StateKey.of("log:1"),
                        Bytes.copyOf(new byte[] {(byte) 0xFF}),
                        StateKey.of("log:2"),
                        Bytes.utf8("\u00E9".repeat(600)),
                        new StateKey(Bytes.copyOf(new byte[] {(byte) 0xFE})),
                        Bytes.EMPTY),
                new AlarmChange.Becomes(new StoredAlarm(SET_TO.plusSeconds(2), SET_TO, 1)));
        for (var name : List.of("cellar", "hall")) {
            keep(TYPE, new ObjectIds(TYPE).named(ObjectName.of(name)), one(), AlarmChange.STAYS);
        }
        var carts = new ObjectClass("carts");
        keep(carts, new ObjectIds(carts).named(ObjectName.of("a")), one(), AlarmChange.STAYS);
    }

    @AfterAll
    static void stop() {
        owner.close();
        manager.close();
    }

    private static Map<StateKey, Bytes> one() {
        return Map.of(StateKey.of("count"), Bytes.utf8("1"));
    }

    private static void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, AlarmChange alarm) {
        var tenure = owner.claim(new Address(type, id)).orElseThrow();
        owner.commit(tenure, new StateChanges(StateChanges.Before.STAYS, state, Set.of(), alarm, List.of()));
    }

    private static JsonNode ok(String target) {
        var answer = manager.send("GET", target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result();
    }

    private static Answer as(String role, String more, String target) {
        var key = manager.send(
                "POST", "/api/api-keys", "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"" + more + "}");
        var bearer =
                Map.of("Authorization", "Bearer " + key.result().path("key").asText());
        return manager.send("GET", target, bearer, Bytes.EMPTY);
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.path(field).asText()));
        return texts;
    }

    @Test
    void classes_are_listed_with_the_number_of_their_objects() {
        assertThat(ok(ALL).path("classes").toString())
                .isEqualTo("[{\"class\":\"carts\",\"objects\":1,\"more\":false},"
                        + "{\"class\":\"rooms\",\"objects\":3,\"more\":false}]");
    }

    @Test
    void pages_show_each_object_once_with_its_name() {
        var seen = new ArrayList<String>();
        var cursor = "";
        for (var more = true; more; ) {
            var page = ok(ROOMS + "?limit=2&cursor=" + cursor);
            seen.addAll(texts(page.path("objects"), "name"));
            cursor = page.path("cursor").asText();
            more = !page.path("list_complete").asBoolean();
        }

        assertThat(seen).containsExactlyInAnyOrder("kitchen", "cellar", "hall");
    }

    @Test
    void an_object_is_found_by_its_name() {
        assertThat(texts(ok(ROOMS + "?name=kitchen").path("objects"), "id")).containsExactly(KITCHEN.toString());
        assertThat(ok(ROOMS + "?name=attic").path("objects")).isEmpty();
    }

    @Test
    void an_object_has_an_alarm_and_a_size() {
        var object = ok(ROOMS + "/" + KITCHEN);

        assertThat(object.path("name").asText()).isEqualTo("kitchen");
        assertThat(object.path("alarm").toString())
                .isEqualTo("{\"at\":\"2026-01-01T00:00:02.000Z\",\"scheduled_at\":\"2026-01-01T00:00:00.000Z\","
                        + "\"retries\":1}");
        assertThat(object.path("entries").asInt()).isEqualTo(4);
        assertThat(object.path("bytes").asInt()).isEqualTo(5 + 5 + 5 + 1 + 1 + 1 + 1_200);
        assertThat(ok(ROOMS + "?name=hall")
                        .path("objects")
                        .path(0)
                        .path("alarm")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_state_is_shown_as_people_read_it() {
        var entries = ok(ROOMS + "/" + KITCHEN + "/state").path("entries");

        assertThat(entries.path(0).toString())
                .isEqualTo("{\"key_hex\":\"636f756e74\",\"key\":\"count\",\"key_encoding\":\"text\",\"size\":1,"
                        + "\"whole\":true,\"value\":\"3\",\"value_encoding\":\"text\"}");
        assertThat(entries.path(1).path("value").asText()).isEqualTo("ff");
        assertThat(entries.path(1).path("value_encoding").asText()).isEqualTo("hex");
        assertThat(entries.path(2).path("whole").asBoolean()).isFalse();
        assertThat(entries.path(2).path("size").asInt()).isEqualTo(1_200);
        assertThat(entries.path(2).path("value").asText()).isEqualTo("\u00E9".repeat(512));
        assertThat(entries.path(3).path("key").asText()).isEqualTo("fe");
        assertThat(entries.path(3).path("key_encoding").asText()).isEqualTo("hex");
    }

    @Test
    void a_state_is_paged_by_cursors_that_are_good_for_nothing_else() {
        var state = ROOMS + "/" + KITCHEN + "/state";
        var first = ok(state + "?prefix=log&limit=1");
        var cursor = first.path("cursor").asText();
        var second = ok(state + "?prefix=log&limit=1&cursor=" + cursor);

        assertThat(texts(first.path("entries"), "key")).containsExactly("log:1");
        assertThat(texts(second.path("entries"), "key")).containsExactly("log:2");
        assertThat(second.path("list_complete").asBoolean()).isTrue();
        for (var other : List.of(state + "?prefix=lo", state + "?", ROOMS + "?")) {
            assertThat(manager.send("GET", other + "&cursor=" + cursor).code()).isEqualTo("invalid_argument");
        }
    }

    @Test
    void an_entry_is_shown_whole() {
        var state = ROOMS + "/" + KITCHEN + "/state/";
        var entry = ok(state + Bytes.utf8("log:2").toHex());

        assertThat(entry.path("value").asText()).isEqualTo("\u00E9".repeat(600));
        assertThat(entry.path("whole").asBoolean()).isTrue();
        assertThat(manager.send("GET", state + Bytes.utf8("log").toHex()).code())
                .isEqualTo("state_entry_not_found");
        assertThat(manager.send("GET", state + "xyz").code()).isEqualTo("invalid_argument");
    }

    @Test
    void what_is_not_there_is_not_found() {
        var fresh = new ObjectIds(TYPE).named(ObjectName.of("attic"));

        assertThat(manager.send("GET", ALL + "/halls/objects").code()).isEqualTo("class_not_found");
        assertThat(manager.send("GET", ROOMS + "/" + fresh).code()).isEqualTo("durable_object_not_found");
        assertThat(manager.send("GET", ROOMS + "/" + fresh + "/state").code()).isEqualTo("durable_object_not_found");
        assertThat(manager.send("GET", ALL + "/carts/objects/" + KITCHEN).code())
                .isEqualTo("invalid_argument");
        assertThat(manager.send("GET", CLOUDFLARE + "/" + "0".repeat(32) + "/objects")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void clients_of_cloudflares_api_read_namespaces_and_their_objects() {
        var namespaces = ok(CLOUDFLARE + "?page=1&per_page=20");
        var rooms = namespaces.path(1);
        var target = CLOUDFLARE + "/" + rooms.path("id").asText() + "/objects?limit=2";
        var first = manager.send("GET", target).json();
        var after = first.path("result_info").path("cursors").path("after").asText();
        var second = manager.send("GET", target + "&cursor=" + after).json();

        assertThat(texts(namespaces, "class")).containsExactly("carts", "rooms");
        assertThat(ok(CLOUDFLARE + "?page=2")).isEmpty();
        assertThat(rooms.path("id").asText()).matches("[0-9a-f]{32}");
        assertThat(rooms.path("use_sqlite").asBoolean()).isTrue();
        var ids = new TreeSet<>(texts(first.path("result"), "id"));
        ids.addAll(texts(second.path("result"), "id"));
        assertThat(ids).hasSize(3).contains(KITCHEN.toString());
        assertThat(first.path("result").path(0).path("hasStoredData").asBoolean())
                .isTrue();
        assertThat(second.path("result_info").path("cursors").path("after").asText())
                .isEmpty();
    }

    @Test
    void who_has_a_role_for_everything_sees_them_and_who_has_one_for_some_namespaces_sees_none() {
        for (var role : List.of("viewer", "editor", "admin")) {
            assertThat(as(role, "", ROOMS + "/" + KITCHEN + "/state").status()).isEqualTo(200);
            assertThat(as(role, ",\"namespaces\":\"rooms\"", ALL).result().path("classes"))
                    .isEmpty();
            assertThat(as(role, ",\"namespaces\":\"rooms\"", ROOMS).code()).isEqualTo("class_not_found");
            assertThat(as(role, ",\"namespaces\":\"rooms\"", ROOMS + "/" + KITCHEN + "/state")
                            .code())
                    .isEqualTo("class_not_found");
        }
        assertThat(as("auditor", "", ALL).result().path("classes")).isEmpty();
        assertThat(as("auditor", "", ROOMS + "/" + KITCHEN + "/state").code()).isEqualTo("class_not_found");
    }

    @Test
    void where_objects_lie_in_the_memory_of_another_process_they_are_not_to_be_had() {
        try (var blind = ManagerUnderTest.start()) {
            for (var target : List.of(ALL, ROOMS, ROOMS + "/" + KITCHEN + "/state")) {
                assertThat(blind.send("GET", target).code()).isEqualTo("unsupported");
            }
            assertThat(blind.send("GET", CLOUDFLARE).status()).isEqualTo(501);
        }
    }
}
