package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageCall;
import io.triport.storage.memory.Memory;
import io.triport.testkit.FakeClient;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into a class of objects. */
final class GrantedDurableObjectsTest {
    private static final ObjectClass TYPE = new ObjectClass(TurnsFixture.COUNTERS);
    private static final ObjectName INSIDE = ObjectName.of("room-1");
    private static final ObjectName BESIDE = ObjectName.of("hall-1");
    private static final ObjectEvent ADD = new ObjectEvent("add");
    private static final ObjectEvent COUNTED = new ObjectEvent("counted");

    private final SettableClock clock = SettableClock.anywhere();
    private final TestGrants grants = new TestGrants(clock);
    private final TurnsFixture turns = new TurnsFixture(Memory::states, new SettableTicker(), () -> {});
    private final RecordingStorageLog log = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            ObjectStores.none(),
            turns.open(TurnsFixture.counters()),
            clock,
            new SettableTicker(),
            log);

    @AfterEach
    void close() {
        turns.close();
    }

    @Test
    void a_prefix_is_about_the_names_of_objects_and_an_id_without_one_is_outside() {
        var objects = storage.durableObjects(grants.ofPrefix(TYPE.text(), KeyPrefix.of("room-")), TYPE);
        var inside = objects.named(INSIDE);
        var beside = objects.named(BESIDE);

        assertThat(objects.inTurn(inside, ADD)).isNotEqualTo(ObjectAnswer.EMPTY);
        assertThat(objects.read(inside, COUNTED, Staleness.NONE)).isNotEqualTo(ObjectAnswer.EMPTY);
        assertDenied(() -> objects.inTurn(beside, ADD));
        assertDenied(() -> objects.read(beside, COUNTED, Staleness.NONE));
        assertDenied(() -> objects.inTurn(objects.parse(inside.toString()), ADD));
        assertDenied(() -> objects.list(Optional.empty(), 10));
    }

    @Test
    void bytes_of_events_and_answers_are_told_with_the_store_of_their_state() {
        var objects = storage.durableObjects(grants.ofEverything(), TYPE);

        objects.inTurn(objects.named(INSIDE), new ObjectEvent("add", Bytes.utf8("12345")));

        assertThat(log.calls()).singleElement().satisfies(call -> {
            assertThat(call.adapter()).isEqualTo("memory");
            assertThat(((StorageCall.Done) call.result()).moved()).isEqualTo(new StorageCall.Moved(5, 1));
        });
    }

    @Test
    void another_name_put_to_an_id_opens_nothing() {
        var objects = storage.durableObjects(grants.ofPrefix(TYPE.text(), KeyPrefix.of("room-")), TYPE);

        assertDenied(() -> objects.inTurn(objects.named(BESIDE).named(INSIDE), ADD));
    }

    @Test
    void each_call_needs_its_own_action_on_its_own_class() {
        var id = storage.durableObjects(grants.ofEverything(), TYPE).named(INSIDE);

        assertDenied(() -> storage.durableObjects(of(Action.DURABLE_READ), TYPE).inTurn(id, ADD));
        assertDenied(() -> storage.durableObjects(of(Action.DURABLE_TURN), TYPE).read(id, COUNTED, Staleness.NONE));
        assertDenied(() -> storage.durableObjects(of(Action.DURABLE_TURN), TYPE).list(Optional.empty(), 10));
        assertDenied(() -> storage.durableObjects(of(Action.DURABLE_TURN), new ObjectClass("other")));
        assertThatThrownBy(() -> storage.durableObjects(grants.ofEverything(), new ObjectClass("other")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_grant_that_has_ended_opens_nothing() {
        var grant = grants.ofEverything();
        var objects = storage.durableObjects(grant, TYPE);
        var id = objects.named(INSIDE);

        grant.close();

        assertDenied(() -> objects.inTurn(id, ADD));
        assertDenied(() -> objects.named(INSIDE));
        assertDenied(() -> storage.durableObjects(grant, TYPE));
    }

    @Test
    void a_socket_needs_the_right_to_turns_with_every_message_and_ends_without_it() {
        var told = new ArrayList<SocketClose>();
        var rooms = new Storage(
                new FakeStorageEngine(clock),
                ObjectStores.none(),
                turns.open(DurableCode.of(TYPE, () -> new Room(told))),
                clock,
                new SettableTicker(),
                new RecordingStorageLog());
        var grant = grants.ofPrefix(TYPE.text(), KeyPrefix.of("room-"));
        var objects = rooms.durableObjects(grant, TYPE);
        var client = new FakeClient();
        assertDenied(() -> objects.connect(objects.named(BESIDE), ADD, client));
        assertDenied(
                () -> rooms.durableObjects(of(Action.DURABLE_READ), TYPE).connect(objects.named(INSIDE), ADD, client));
        var link = objects.connect(objects.named(INSIDE), ADD, client).orElseThrow();
        link.message(new SocketMessage.Text("while it lasts"));

        grant.close();

        assertDenied(() -> link.message(new SocketMessage.Text("after it")));
        assertThat(client.texts()).containsExactly("while it lasts");
        link.closed(SocketClose.DONE);
        assertThat(told).containsExactly(SocketClose.DONE);
    }

    private record Room(List<SocketClose> told) implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            return ObjectAnswer.EMPTY;
        }

        @Override
        public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
            context.sockets().accept(socket, Set.of());
        }

        @Override
        public void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {
            socket.send(message);
        }

        @Override
        public void socketClose(ObjectSocket socket, SocketClose how, ObjectContext context) {
            told.add(how);
        }
    }

    private Grant of(Action action) {
        return grants.of(
                "one",
                new Permission(Set.of(action), Set.of(ResourcePattern.exactly(TYPE.text())), Set.of(KeyPrefix.EVERY)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
