package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.storage.durable.TurnsFixture;
import io.triport.storage.peer.PeerNodes;
import io.triport.testkit.AtOnce;
import io.triport.testkit.RegisterHistory;
import io.triport.testkit.Relay;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TlsAuthority;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients of two nodes see of a register and of a counter while leases end and connections are cut, of nodes that hand on to each
 * other, and of nodes that do not.
 */
@Timeout(120)
final class FaultyHistoryTest {
    private static final ObjectClass TYPE = new ObjectClass("registers");
    private static final ObjectName REGISTER = ObjectName.of("register");
    private static final ObjectName COUNTER = ObjectName.of("counter");
    private static final StateKey VALUE = StateKey.of("value");
    private static final int CLIENTS = 4;
    private static final int CALLS = 15;
    private static final int VALUES = 3;

    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        database.close();
    }

    @ParameterizedTest
    @Tag("DO-21")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void some_order_explains_all_answers_of_nodes_that_wait_for_each_other(int seed) {
        explained(seed, Optional.empty());
    }

    @ParameterizedTest
    @Tag("DO-21")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void some_order_explains_all_answers_of_nodes_that_hand_on(int seed) {
        explained(seed, Optional.of(new TlsAuthority()));
    }

    private void explained(int seed, Optional<TlsAuthority> handing) {
        var relay = opened(Relay.to(EmbeddedServer.port()));
        var far = opened(database.openOver(relay));
        var nodes = List.of(node(database.storage(), handing), node(far, handing));
        var register = new RegisterHistory();
        var counter = new RegisterHistory();

        AtOnce.run(CLIENTS + 1, client -> () -> {
            var random = new Random(100L * seed + client);
            for (var i = 0; i < CALLS; i++) {
                if (client == CLIENTS) {
                    disturb(relay, nodes, random);
                } else {
                    var objects = nodes.get(random.nextInt(nodes.size())).objects();
                    var history = random.nextBoolean() ? register : counter;
                    var value = 1 + random.nextInt(VALUES);
                    Supplier<RegisterHistory.Attempt> change =
                            history.equals(register) ? () -> write(objects, value) : () -> add(objects);
                    Supplier<RegisterHistory.Attempt> look =
                            () -> read(objects, history.equals(register) ? REGISTER : COUNTER);
                    var call = random.nextBoolean() ? change : look;
                    assertThat(Patience.until(() -> history.attempt(call))).isTrue();
                }
            }
            return client;
        });

        assertThat(register.linearizable()).as("register").isTrue();
        assertThat(counter.linearizable()).as("counter").isTrue();
    }

    /** @param way by which others reach it */
    private record Node(TurnsFixture turns, DurableObjects objects, Optional<Relay> way) {}

    private static RegisterHistory.Attempt write(DurableObjects objects, int value) {
        IntUnaryOperator effect = before -> value;
        try {
            objects.inTurn(objects.named(REGISTER), new ObjectEvent("write", Bytes.utf8(Integer.toString(value))));
            return new RegisterHistory.Attempt(RegisterHistory.Outcome.DONE, effect);
        } catch (StorageFailure e) {
            return failed(e, effect);
        }
    }

    private static RegisterHistory.Attempt add(DurableObjects objects) {
        try {
            var answer = objects.inTurn(objects.named(COUNTER), new ObjectEvent("add"));
            var counted = Integer.parseInt(answer.body().toUtf8());
            return new RegisterHistory.Attempt(
                    RegisterHistory.Outcome.DONE,
                    before -> before + 1 == counted ? counted : RegisterHistory.IMPOSSIBLE);
        } catch (StorageFailure e) {
            return failed(e, before -> before + 1);
        }
    }

    /** @param effect of the change, if it has happened after all */
    private static RegisterHistory.Attempt failed(StorageFailure failure, IntUnaryOperator effect) {
        var nothing = failure.code().retry() == FailureCode.Retry.SAFE;
        return new RegisterHistory.Attempt(
                nothing ? RegisterHistory.Outcome.NOTHING : RegisterHistory.Outcome.UNKNOWN, effect);
    }

    private static RegisterHistory.Attempt read(DurableObjects objects, ObjectName name) {
        try {
            var answer = objects.inTurn(objects.named(name), new ObjectEvent("read"));
            var seen = Integer.parseInt(answer.body().toUtf8());
            return new RegisterHistory.Attempt(
                    RegisterHistory.Outcome.DONE, before -> before == seen ? before : RegisterHistory.IMPOSSIBLE);
        } catch (StorageFailure e) {
            return new RegisterHistory.Attempt(RegisterHistory.Outcome.NOTHING, before -> before);
        }
    }

    private void disturb(Relay relay, List<Node> nodes, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> relay.cut();
            case 1 -> nodes.forEach(node -> node.way().ifPresent(Relay::cut));
            case 2 -> {
                // No node may believe in its lease for longer than the database does.
                nodes.forEach(FaultyHistoryTest::passLease);
                endLeases();
            }
            default -> passLease(nodes.get(random.nextInt(nodes.size())));
        }
    }

    private static void passLease(Node node) {
        node.turns().ticker().advance(NodeLease.LENGTH);
    }

    /** As if so much time had passed by the clock of the database. */
    private void endLeases() {
        try (var connection = database.settings().dataSource().getConnection()) {
            new Call(connection, "update node_session set lease_until = clock_timestamp() - interval '1 second'")
                    .change();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Node node(PostgreSqlStorage storage, Optional<TlsAuthority> handing) {
        var ticker = new SettableTicker();
        var any = new NodeAddress("127.0.0.1", 0);
        var peers = handing.map(authority ->
                opened(PeerNodes.open(new NodeLink(any, any, () -> authority.proof(authority.issue("CN=node"))))));
        var way = peers.map(present -> opened(Relay.to(present.announced().port())));
        var announced = way.map(relay -> new NodeAddress("127.0.0.1", relay.port()));
        var turns = opened(new TurnsFixture(
                () -> storage.states(ticker, announced, PostgreSqlStateStore.FENCE), ticker, () -> {}));
        peers.ifPresent(turns::among);
        var code = DurableCode.of(TYPE, () -> (event, context) -> {
            var before = context.state().get(VALUE).orElse(Bytes.utf8(Integer.toString(RegisterHistory.ABSENT)));
            var after = switch (event.operation()) {
                case "write" -> event.body();
                case "add" -> Bytes.utf8(Integer.toString(1 + Integer.parseInt(before.toUtf8())));
                default -> before;
            };
            if (!event.operation().equals("read")) {
                context.state().put(VALUE, after);
            }
            return new ObjectAnswer(after);
        });
        return new Node(turns, turns.open(code).objects(TYPE).orElseThrow(), way);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }
}
