package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Randomness;
import io.triport.storage.durable.Turns;
import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.FakeClient;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An object with sockets among two nodes. */
@Timeout(60)
final class SocketOwnerTest {
    private static final ObjectClass TYPE = new ObjectClass("rooms");
    private static final ObjectName ROOM = ObjectName.of("room");
    private static final ObjectEvent ASK = new ObjectEvent("ask");

    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final TurnsFixture one = node();
    private final TurnsFixture other = node();
    private final DurableObjects here = open(one);
    private final DurableObjects there = open(other);
    private final FakeClient client = new FakeClient();

    @AfterEach
    void close() {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void an_object_stays_with_the_node_of_its_sockets_until_the_last_of_them_has_ended() {
        var link = connect();
        assertThatThrownBy(() -> there.inTurn(there.named(ROOM), ASK)).isInstanceOf(StorageFailure.Unavailable.class);

        link.closed(SocketClose.DONE);

        assertThat(there.inTurn(there.named(ROOM), ASK)).isEqualTo(ObjectAnswer.EMPTY);
        assertThat(client.end()).isEmpty();
    }

    @Test
    void clients_of_a_node_whose_lease_has_ended_are_told_to_come_again() {
        connect();

        one.look();
        assertThat(client.end()).isEmpty();
        one.ticker().advance(NodeLease.LENGTH);
        one.look();

        assertThat(client.end()).contains(SocketClose.RESTART);
    }

    @Test
    @Tag("DO-13")
    void a_node_that_stops_hands_its_objects_over_to_a_call_that_waits_for_them() {
        connect();
        var tried = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        try (var patient = patient(tried, stopped)) {
            var objects = patient.objects(TYPE).orElseThrow();
            var answer = CompletableFuture.supplyAsync(
                    () -> objects.inTurn(objects.named(ROOM), ASK),
                    command -> Thread.ofVirtual().start(command));
            await(tried);

            one.close();
            stopped.countDown();

            assertThat(answer.join()).isEqualTo(ObjectAnswer.EMPTY);
            assertThat(client.end()).contains(SocketClose.RESTART);
        }
    }

    /** A node that tries a claim again when the other has stopped, and not before. */
    private Turns patient(CountDownLatch tried, CountDownLatch stopped) {
        var ticker = new SettableTicker();
        return new Turns(
                database.storage().states(ticker, PostgreSqlStateStore.FENCE),
                DurableCode.of(TYPE, Room::new),
                name -> Optional.empty(),
                new Turns.Means(SettableClock.anywhere(), ticker, Randomness.system(), () -> {
                    tried.countDown();
                    await(stopped);
                }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private SocketLink connect() {
        return here.connect(here.named(ROOM), ASK, client).orElseThrow();
    }

    private TurnsFixture node() {
        var ticker = new SettableTicker();
        return new TurnsFixture(() -> database.storage().states(ticker, PostgreSqlStateStore.FENCE), ticker, () -> {});
    }

    private static DurableObjects open(TurnsFixture node) {
        return node.open(DurableCode.of(TYPE, Room::new)).objects(TYPE).orElseThrow();
    }

    private static final class Room implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            return ObjectAnswer.EMPTY;
        }

        @Override
        public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
            context.sockets().accept(socket, Set.of());
        }
    }
}
