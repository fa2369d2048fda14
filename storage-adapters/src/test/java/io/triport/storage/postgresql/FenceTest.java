package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.AtOnce;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.Relay;
import io.triport.testkit.SettableTicker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several nodes do to one object: the cases DO-09 to DO-12. */
final class FenceTest {
    private static final ObjectClass TYPE = new ObjectClass(TurnsFixture.COUNTERS);
    private static final ObjectName NAME = ObjectName.of("counter");
    private static final ObjectId ID = new ObjectIds(TYPE).named(NAME);
    private static final Address ADDRESS = new Address(TYPE, ID);
    private static final ObjectEvent ADD = new ObjectEvent("add");
    private static final ObjectEvent COUNTED = new ObjectEvent("counted");
    private static final StateKey KEY = StateKey.of("key");
    private static final int HANGS_AFTER_SECONDS = 60;

    private final PostgreSqlFixture database = new PostgreSqlFixture();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @Tag("DO-09")
    void the_commit_of_an_owner_that_was_paused_beyond_its_lease_is_fenced_and_its_answer_never_leaves() {
        try (var paused = new Node();
                var other = new Node()) {
            var committing = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            paused.add();
            paused.turns.beforeCommit(() -> {
                committing.countDown();
                await(goOn);
            });
            var answer = later(paused::add);
            await(committing);

            assertFails(FailureCode.UNAVAILABLE, other::add);
            endLeaseOfTheOwner();
            assertThat(other.add()).isEqualTo(2);
            goOn.countDown();

            assertFails(FailureCode.FENCED, () -> join(answer));
            assertThat(other.counted()).isEqualTo(2);
            paused.turns.beforeCommit(() -> {});
            paused.turns.ticker().advance(Duration.ofSeconds(20));
            assertThat(paused.add()).isEqualTo(3);
        }
    }

    @Test
    @Tag("DO-09")
    void what_an_owner_that_was_paused_beyond_its_lease_wrote_to_the_database_is_fenced_too() {
        try (var paused = new Node(database.storage(), TurnsFixture.sqlCounters());
                var other = new Node(database.storage(), TurnsFixture.sqlCounters())) {
            var committing = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            paused.add();
            paused.turns.beforeCommit(() -> {
                committing.countDown();
                await(goOn);
            });
            var answer = later(paused::add);
            await(committing);
            endLeaseOfTheOwner();
            assertThat(other.add()).isEqualTo(2);
            assertThat(other.add()).isEqualTo(3);
            goOn.countDown();

            assertFails(FailureCode.FENCED, () -> join(answer));
            assertThat(other.counted()).isEqualTo(3);
            paused.turns.beforeCommit(() -> {});
            paused.turns.ticker().advance(Duration.ofSeconds(20));
            assertThat(paused.add()).isEqualTo(4);
            assertThat(other.add()).isEqualTo(5);
            assertThat(paused.add()).isEqualTo(6);
        }
    }

    @Test
    @Tag("DO-09")
    void an_owner_answers_nothing_that_it_read_when_its_lease_may_have_ended() {
        try (var paused = new Node();
                var other = new Node()) {
            paused.add();
            paused.turns.beforeCommit(() -> {});
            var reading = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var objects = paused.turns
                    .open(DurableCode.of(TYPE, () -> (event, context) -> {
                        var seen = context.state().list(StateQuery.all());
                        reading.countDown();
                        await(goOn);
                        return new ObjectAnswer(seen.getFirst().value());
                    }))
                    .objects(TYPE)
                    .orElseThrow();
            var answer = later(
                    () -> Long.parseLong(objects.inTurn(ID, COUNTED).body().toUtf8()));
            await(reading);

            endLeaseOfTheOwner();
            assertThat(other.add()).isEqualTo(2);
            paused.turns.ticker().advance(NodeLease.LENGTH);
            goOn.countDown();

            assertFails(FailureCode.FENCED, () -> join(answer));
        }
    }

    @Test
    @Tag("DO-09b")
    void an_owner_that_stops_within_a_transaction_does_not_block_the_next_one_for_long() throws SQLException {
        try (var other = new Node();
                var pool = Pool.ofStates(database.settings());
                var stopped = pool.getConnection()) {
            other.add();
            stopped.setAutoCommit(false);
            new Call(stopped, "select 1 from do_owner for share").first(row -> row.getLong(1));

            var counted = Patience.until(() -> {
                try {
                    return other.add() > 1;
                } catch (StorageFailure e) {
                    return false;
                }
            });

            assertThat(counted).isTrue();
            assertThatThrownBy(() -> new Call(stopped, "select 1").first(row -> row.getLong(1)))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    @Tag("DO-09")
    void a_claim_waits_for_the_commit_in_flight_and_ends_the_tenure_before_it() throws SQLException {
        assertThat(passes(PostgreSqlStateStore.FENCE)).isFalse();
    }

    @ParameterizedTest
    @Tag("DO-09c")
    @ValueSource(strings = {"", "for key share"})
    void without_the_lock_of_the_fence_an_owner_would_write_over_the_next_one(String lock) throws SQLException {
        assertThat(passes(lock)).isTrue();
    }

    @Test
    @Tag("DO-10")
    void what_a_killed_node_has_answered_is_there_for_the_next_one() {
        var told = KilledWriter.killAfter(
                100, KilledCounter.class.getName(), List.of(database.settings().url()));
        try (var next = new Node()) {
            var counted = new long[1];
            Patience.until(() -> {
                try {
                    counted[0] = next.add();
                    return true;
                } catch (StorageFailure.Unavailable e) {
                    return false;
                }
            });

            // One more may have been committed whose answer did not leave.
            assertThat(counted[0]).isBetween(told.getLast() + 1L, told.getLast() + 2L);
        }
    }

    @Test
    @Tag("DO-11")
    void a_node_that_is_cut_off_answers_nothing_and_does_not_fork_the_object() {
        try (var relay = Relay.to(EmbeddedServer.port());
                var far = database.openOver(relay);
                var cut = new Node(far);
                var other = new Node()) {
            assertThat(cut.add()).isEqualTo(1);
            relay.mode(Relay.Mode.REFUSE);
            relay.cut();

            assertThatThrownBy(cut::add).isInstanceOf(StorageFailure.Unavailable.class);
            assertThat(other.add()).isEqualTo(2);
            relay.mode(Relay.Mode.PASS);

            assertThat(cut.addWithPatience()).isEqualTo(3);
        }
    }

    /** No clock of a node decides anything. */
    @ParameterizedTest
    @Tag("DO-12")
    @ValueSource(ints = {-5, 5})
    void nodes_whose_clocks_lie_five_minutes_apart_count_together_and_wait_for_each_other(int minutes) {
        try (var one = new Node();
                var other = new Node()) {
            var committing = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            other.turns.clock().advance(Duration.ofMinutes(minutes));
            (minutes < 0 ? one : other).turns.ticker().advance(Duration.ofMinutes(5));
            for (var i = 0; i < 10; i++) {
                assertThat(one.add()).isEqualTo(2 * i + 1);
                assertThat(other.add()).isEqualTo(2 * i + 2);
            }
            one.turns.beforeCommit(() -> {
                committing.countDown();
                await(goOn);
            });

            var answer = later(one::add);
            await(committing);
            assertFails(FailureCode.UNAVAILABLE, other::add);
            goOn.countDown();

            assertThat(join(answer)).isEqualTo(21);
            assertThat(other.add()).isEqualTo(22);
        }
    }

    @Test
    void additions_on_two_nodes_at_once_are_all_counted() {
        try (var one = new Node();
                var other = new Node()) {
            var nodes = List.of(one, other);

            var answers = AtOnce.run(40, caller -> () -> nodes.get(caller % 2).addWithPatience());

            assertThat(answers).doesNotHaveDuplicates();
            assertThat(one.counted()).isEqualTo(40);
        }
    }

    @Test
    void a_node_that_stops_gives_its_objects_back_at_once() {
        try (var other = new Node()) {
            var one = database.storage().states(new SettableTicker(), PostgreSqlStateStore.FENCE);
            assertThat(one.claim(ADDRESS)).isPresent();
            assertThat(other.claims()).isFalse();

            one.close();

            assertThat(other.claims()).isTrue();
        }
    }

    @Test
    void a_node_whose_lease_has_ended_begins_another_session() {
        var ticker = new SettableTicker();
        try (var store = database.storage().states(ticker, PostgreSqlStateStore.FENCE)) {
            var before = store.claim(ADDRESS).orElseThrow();
            endLeaseOfTheOwner();
            ticker.advance(NodeLease.LENGTH);

            assertThat(store.lasts(before)).isFalse();
            var after = store.claim(ADDRESS).orElseThrow();

            assertThat(after.session()).isNotEqualTo(before.session());
            assertThat(after.epoch()).isGreaterThan(before.epoch());
            assertThat(store.lasts(after)).isTrue();
            assertFails(FailureCode.FENCED, () -> store.commit(before, change(1)));
        }
    }

    /** Whether a claim passes a commit that is held up on its way. */
    private boolean passes(String lock) throws SQLException {
        var ticker = new SettableTicker();
        try (var owner = database.storage().states(ticker, lock);
                var other = database.storage().states(ticker, PostgreSqlStateStore.FENCE);
                var held = database.settings().dataSource().getConnection()) {
            var first = owner.claim(ADDRESS).orElseThrow();
            owner.commit(first, change(1));
            held.setAutoCommit(false);
            new Call(held, "select 1 from do_state for update").first(row -> row.getLong(1));

            var committing = later(() -> {
                owner.commit(first, change(2));
                return first;
            });
            assertThat(Patience.until(() -> waiting() == 1)).isTrue();
            endLeaseOfTheOwner();
            var claiming = later(() -> other.claim(ADDRESS));
            assertThat(Patience.until(() -> claiming.isDone() || waiting() == 2))
                    .isTrue();
            var passed = claiming.isDone();
            held.rollback();

            committing.join();
            var second = claiming.join().orElseThrow();
            assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
            assertThat(other.read(second, Set.of(KEY))).containsEntry(KEY, Bytes.utf8("2"));
            assertFails(FailureCode.FENCED, () -> owner.commit(first, change(3)));
            return passed;
        }
    }

    private static StateChanges change(int value) {
        return new StateChanges(
                StateChanges.Before.STAYS,
                Map.of(KEY, Bytes.utf8(Integer.toString(value))),
                Set.of(),
                AlarmChange.STAYS,
                List.of());
    }

    /** As if so much time had passed by the clock of the database. */
    private void endLeaseOfTheOwner() {
        execute("""
            update node_session set lease_until = clock_timestamp() - interval '1 second'
            where session_id in (select session_id from do_owner)\
            """);
    }

    private long waiting() {
        try (var connection = database.settings().dataSource().getConnection()) {
            return new Call(connection, """
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'\
                """).first(row -> row.getLong(1)).orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) {
        try (var connection = database.settings().dataSource().getConnection()) {
            new Call(connection, sql).change();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** On a thread of its own: the common pool has only one on a small machine. */
    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> Thread.ofVirtual().start(command));
    }

    private static long join(CompletableFuture<Long> future) {
        try {
            return future.orTimeout(HANGS_AFTER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** A node with counters. */
    private final class Node implements AutoCloseable {
        private final TurnsFixture turns;
        private final DurableObjects objects;
        private final PostgreSqlStorage storage;

        private Node() {
            this(database.storage());
        }

        private Node(PostgreSqlStorage storage) {
            this(storage, TurnsFixture.counters());
        }

        private Node(PostgreSqlStorage storage, DurableCode code) {
            this.storage = storage;
            var ticker = new SettableTicker();
            this.turns = new TurnsFixture(() -> storage.states(ticker, PostgreSqlStateStore.FENCE), ticker, () -> {});
            this.objects = turns.open(code).objects(TYPE).orElseThrow();
        }

        private long add() {
            return number(objects.inTurn(ID, ADD));
        }

        private long addWithPatience() {
            var added = new long[1];
            Patience.until(() -> {
                try {
                    added[0] = add();
                    return true;
                } catch (StorageFailure.Unavailable e) {
                    assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE);
                    return false;
                }
            });
            return added[0];
        }

        private long counted() {
            return number(objects.inTurn(ID, COUNTED));
        }

        private boolean claims() {
            try (var store = storage.states(new SettableTicker(), PostgreSqlStateStore.FENCE)) {
                return store.claim(ADDRESS).isPresent();
            }
        }

        private static long number(ObjectAnswer answer) {
            return Long.parseLong(answer.body().toUtf8());
        }

        @Override
        public void close() {
            turns.close();
        }
    }
}
