package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.Alarm;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.storage.NodeProof;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.Turns;
import io.triport.storage.peer.PeerNodes;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeClient;
import io.triport.testkit.Relay;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TlsAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that share a database and hand on to each other what is for objects that another has. */
@Timeout(120)
final class HandedOnTest {
    private static final ObjectClass TYPE = new ObjectClass("rooms");
    private static final ObjectName ROOM = ObjectName.of("room");
    private static final ObjectName HALL = ObjectName.of("hall");
    private static final StateKey COUNT = StateKey.of("count");
    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(100_000);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final TlsAuthority authority = new TlsAuthority();
    private final List<Node> nodes = new ArrayList<>();
    private final SettableClock clock = SettableClock.anywhere();
    private final AtomicReference<Runnable> within = new AtomicReference<>(() -> {});

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        database.close();
    }

    @Test
    void an_event_goes_to_the_node_that_has_its_object_and_the_object_stays_there() {
        var one = node("one");
        var other = node("other");
        assertThat(one.ask(ROOM, "where")).isEqualTo("one");

        assertThat(other.ask(ROOM, "where")).isEqualTo("one");
        assertThat(other.read(ROOM, "where")).isEqualTo("one");
        assertThat(other.ask(ROOM, "name")).isEqualTo("room");
        assertThat(other.ask(HALL, "where")).isEqualTo("other");
        assertThat(one.ask(HALL, "where")).isEqualTo("other");
    }

    @Test
    void an_object_that_nobody_has_goes_to_the_node_that_its_id_points_to_whoever_is_asked() {
        var one = node("one");
        var other = node("other");
        assertSoon(() -> one.isNear(other) && other.isNear(one));
        var rooms = IntStream.range(0, 100)
                .mapToObj(i -> ObjectName.of("room-" + i))
                .toList();

        var places = rooms.stream().map(room -> one.ask(room, "where")).toList();

        assertThat(places).contains("one", "other");
        assertThat(rooms.stream().map(room -> other.ask(room, "where"))).isEqualTo(places);
        other.close();
        assertSoon(() -> !one.isNear(other));
        assertThat(rooms.stream().map(room -> one.ask(room, "where"))).containsOnly("one");
    }

    @Test
    void additions_at_three_nodes_at_once_are_all_counted() {
        var all = List.of(node("one"), node("other"), node("third"));

        var answers = AtOnce.run(60, caller -> () -> all.get(caller % 3).ask(ROOM, "add"));

        assertThat(answers.stream().map(Integer::parseInt))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void clients_of_two_nodes_are_in_one_room() {
        var one = node("one");
        var other = node("other");
        var ada = new FakeClient();
        var bob = new FakeClient();
        var hers = one.connect(ada);
        var his = other.connect(bob);
        assertThat(heard(bob, 1)).containsExactly("welcome to one");

        hers.message(new SocketMessage.Text("hello"));
        his.message(new SocketMessage.Binary(Bytes.parseHex("00ff")));

        assertThat(heard(ada, 3)).containsExactly("welcome to one", "hello", "00ff");
        assertThat(heard(bob, 3)).containsExactly("welcome to one", "hello", "00ff");

        his.closed(new SocketClose(4000, "enough"));
        assertThat(heard(ada, 4)).endsWith("left 4000 enough");
        his.closed(SocketClose.CUT);
        assertThat(one.ask(ROOM, "clients")).isEqualTo("1");
        assertFails(FailureCode.FENCED, () -> his.message(new SocketMessage.Text("more")));
    }

    @Test
    void an_object_ends_a_connection_of_another_node() {
        var one = node("one");
        var other = node("other");
        var bob = new FakeClient();
        one.ask(ROOM, "where");
        var his = other.connect(bob);

        his.message(new SocketMessage.Text("bye"));

        assertSoon(() -> bob.end().isPresent());
        assertThat(bob.end()).contains(SocketClose.DONE);
        assertFails(FailureCode.FENCED, () -> his.message(new SocketMessage.Text("more")));
    }

    @Test
    void a_client_that_the_object_does_not_want_is_told_so_wherever_it_is() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "where");

        var link = other.objects.connect(other.objects.named(ROOM), new ObjectEvent("no"), new FakeClient());

        assertThat(link).isEmpty();
        assertThat(one.ask(ROOM, "clients")).isEqualTo("0");
    }

    @Test
    void what_an_object_throws_is_the_same_at_every_node() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "where");

        assertThatThrownBy(() -> other.ask(ROOM, "throttled"))
                .isInstanceOfSatisfying(StorageFailure.LimitExceeded.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.THROTTLED);
                    assertThat(e.retryAfter()).contains(RETRY_AFTER);
                });
        assertThatThrownBy(() -> other.ask(ROOM, "misspelled"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("word: one that is known");
        assertThatThrownBy(() -> other.ask(ROOM, "broken"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("ArithmeticException")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_chain_of_calls_that_comes_back_to_a_busy_object_over_another_node_is_refused_at_once() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "where");
        other.ask(HALL, "where");

        assertFails(FailureCode.CONFLICT, () -> one.ask(ROOM, "call hall"));
        assertFails(FailureCode.CONFLICT, () -> other.ask(ROOM, "call hall"));
    }

    @Test
    @Tag("DO-13")
    void a_node_that_stops_fails_no_request_of_another() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "add");
        var ada = new FakeClient();
        other.connect(ada);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        within.set(() -> {
            begun.countDown();
            await(goOn);
        });
        var under = later(() -> other.ask(ROOM, "add"));
        await(begun);
        within.set(() -> {});
        var stopping = later(() -> {
            one.close();
            return "stopped";
        });
        assertSoon(() -> one.turns.objects(TYPE).isPresent() && one.refuses());
        var next = later(() -> other.ask(ROOM, "add"));
        goOn.countDown();

        assertThat(under.join()).isEqualTo("2");
        assertThat(stopping.join()).isEqualTo("stopped");
        assertThat(next.join()).isEqualTo("3");
        assertSoon(() -> ada.end().isPresent());
        assertThat(ada.end()).contains(SocketClose.RESTART);
        assertThat(other.ask(ROOM, "where")).isEqualTo("other");
    }

    @Test
    void while_the_way_to_an_owner_is_cut_nothing_happens_and_what_was_under_way_is_unknown() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "add");
        var ada = new FakeClient();
        other.connect(ada);
        one.way.mode(Relay.Mode.LOSE_ANSWERS);

        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> other.ask(ROOM, "add"));
        assertSoon(() -> ada.end().isPresent());
        assertThat(ada.end()).contains(SocketClose.RESTART);
        one.way.mode(Relay.Mode.REFUSE);
        assertFails(FailureCode.UNAVAILABLE, () -> other.ask(ROOM, "add"));
        assertSoon(() -> one.ask(ROOM, "clients").equals("0"));

        one.way.mode(Relay.Mode.PASS);
        assertThat(one.ask(ROOM, "count")).isEqualTo("2");
        assertThat(other.ask(ROOM, "add")).isEqualTo("3");
        assertThat(other.ask(ROOM, "where")).isEqualTo("one");
    }

    @Test
    void an_alarm_goes_off_once_whichever_node_looks() {
        var one = node("one");
        var other = node("other");
        one.ask(ROOM, "wake");

        AtOnce.run(2, number -> () -> {
            nodes.get(number).turns.ring();
            return number;
        });

        assertThat(other.ask(ROOM, "count")).isEqualTo("1");
        assertThat(other.ask(ROOM, "where")).isEqualTo("one");
    }

    @Test
    void only_who_has_a_certificate_of_the_authority_of_the_nodes_is_spoken_to() {
        var one = node("one");
        var strangers = new TlsAuthority("CN=another");
        var foreign = node("foreign", strangers.proof(strangers.issue("CN=node")));
        var pretender = node("pretender", authority.proof(strangers.issue("CN=node")));
        one.ask(ROOM, "where");
        foreign.ask(HALL, "where");

        assertFails(FailureCode.UNAVAILABLE, () -> foreign.ask(ROOM, "add"));
        assertFails(FailureCode.UNAVAILABLE, () -> pretender.ask(ROOM, "add"));
        assertFails(FailureCode.UNAVAILABLE, () -> one.ask(HALL, "add"));
        assertThat(one.ask(ROOM, "count")).isEqualTo("0");
    }

    @Test
    void a_node_is_not_believed_whose_certificate_is_for_another_host() {
        var elsewhere = node("elsewhere", authority.proof(authority.issueFor("CN=node", "127.0.0.9")));
        var one = node("one");
        elsewhere.ask(ROOM, "where");

        assertFails(FailureCode.UNAVAILABLE, () -> one.ask(ROOM, "where"));
        assertThat(elsewhere.ask(ROOM, "where")).isEqualTo("elsewhere");
    }

    @Test
    void a_node_of_which_others_know_no_address_gives_its_objects_back_as_before() {
        var silent = silent("silent");
        var one = node("one");
        assertThat(silent.ask(ROOM, "add")).isEqualTo("1");

        assertThat(one.ask(ROOM, "add")).isEqualTo("2");
        assertFails(FailureCode.UNAVAILABLE, () -> silent.ask(ROOM, "add"));
    }

    private Node node(String name) {
        return node(name, authority.proof(authority.issue("CN=" + name)));
    }

    private Node node(String name, NodeProof proof) {
        var any = new NodeAddress("127.0.0.1", 0);
        return new Node(name, Optional.of(PeerNodes.open(new NodeLink(any, any, () -> proof))));
    }

    private Node silent(String name) {
        return new Node(name, Optional.empty());
    }

    private static List<String> heard(FakeClient client, int count) {
        assertSoon(() -> client.texts().size() >= count);
        return client.texts();
    }

    private static void assertSoon(BooleanSupplier question) {
        assertThat(Patience.until(() -> {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    return question.getAsBoolean();
                }))
                .isTrue();
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> Thread.ofVirtual().start(command));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** One node, which others reach over a way that can be cut. */
    private final class Node implements AutoCloseable {
        private final Optional<PeerNodes> peers;
        private final Relay way;
        private final PostgreSqlStateStore store;
        private final Turns turns;
        private final DurableObjects objects;

        private Node(String name, Optional<PeerNodes> peers) {
            this.peers = peers;
            this.way = Relay.to(peers.map(present -> present.announced().port()).orElse(1));
            var announced = peers.map(present -> new NodeAddress("127.0.0.1", way.port()));
            var means = new Turns.Means(
                    clock, Ticker.system(), Randomness.system(), () -> LockSupport.parkNanos(1_000_000));
            this.store = database.storage()
                    .states(Ticker.system(), announced, PostgreSqlStateStore.FENCE)
                    .renewing();
            this.turns = new Turns(
                    store,
                    DurableCode.of(TYPE, () -> new Room(name)),
                    queue -> Optional.empty(),
                    peers.map(means::with).orElse(means));
            peers.ifPresent(present -> present.serve(turns.handedOn()));
            this.objects = turns.objects(TYPE).orElseThrow();
            nodes.add(this);
        }

        private String ask(ObjectName name, String operation) {
            return objects.inTurn(objects.named(name), new ObjectEvent(operation))
                    .body()
                    .toUtf8();
        }

        private String read(ObjectName name, String operation) {
            return objects.read(objects.named(name), new ObjectEvent(operation), Staleness.NONE)
                    .body()
                    .toUtf8();
        }

        private SocketLink connect(FakeClient client) {
            return objects.connect(objects.named(ROOM), new ObjectEvent("in"), client)
                    .orElseThrow();
        }

        /** Looks around first. */
        private boolean isNear(Node neighbour) {
            store.lookAround();
            turns.approachPeers();
            return peers.orElseThrow().near(new NodeAddress("127.0.0.1", neighbour.way.port()));
        }

        private boolean refuses() {
            try {
                ask(HALL, "where");
                return false;
            } catch (StorageFailure.Unavailable e) {
                return true;
            }
        }

        @Override
        public void close() {
            turns.close();
            peers.ifPresent(PeerNodes::close);
            way.close();
        }
    }

    /** An object that knows its node. */
    private final class Room implements DurableObject {
        private final String node;

        private Room(String node) {
            this.node = node;
        }

        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            within.get().run();
            return new ObjectAnswer(Bytes.utf8(
                    switch (event.operation()) {
                        case "where" -> node;
                        case "name" -> context.id().name().orElseThrow().text();
                        case "count" -> count(context);
                        case "add" -> add(context);
                        case "clients" ->
                            Integer.toString(context.sockets().all().size());
                        case "wake" -> wake(context);
                        case "call hall" -> call(HALL, "call room", context);
                        case "call room" -> call(ROOM, "where", context);
                        case "throttled" ->
                            throw new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "slowly", RETRY_AFTER);
                        case "misspelled" -> throw new InvalidInput("word", "one that is known");
                        default -> throw new ArithmeticException("secret");
                    }));
        }

        @Override
        public void alarm(Alarm alarm, ObjectContext context) {
            add(context);
        }

        @Override
        public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
            if (event.operation().equals("in")) {
                context.sockets().accept(socket, Set.of());
                socket.send(new SocketMessage.Text("welcome to " + node));
            }
        }

        @Override
        public void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {
            if (message.equals(new SocketMessage.Text("bye"))) {
                socket.close(SocketClose.DONE);
            } else {
                context.sockets().all().forEach(each -> each.send(message));
            }
        }

        @Override
        public void socketClose(ObjectSocket socket, SocketClose how, ObjectContext context) {
            var text = new SocketMessage.Text("left " + how.code() + " " + how.reason());
            context.sockets().all().forEach(each -> each.send(text));
        }

        private static String count(ObjectContext context) {
            return context.state().get(COUNT).map(Bytes::toUtf8).orElse("0");
        }

        private static String add(ObjectContext context) {
            var more = Integer.toString(Integer.parseInt(count(context)) + 1);
            context.state().put(COUNT, Bytes.utf8(more));
            return more;
        }

        private static String wake(ObjectContext context) {
            context.alarm().set(Instant.EPOCH);
            return "";
        }

        private static String call(ObjectName name, String operation, ObjectContext context) {
            return context.call(new ObjectIds(TYPE).named(name), new ObjectEvent(operation))
                    .body()
                    .toUtf8();
        }
    }
}
