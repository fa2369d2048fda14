package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of stores that hang: each store asks its clock, and so a clock can be what it hangs at. */
final class CallDeadlinesTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));
    private static final KvKey KEY = KvKey.of("a");
    private static final KvEntry ENTRY = KvEntry.of("v");

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final HangingClock hanging = new HangingClock();
    private final CallDeadlines deadlines = new CallDeadlines(MOST, ticker);
    private final RecordingStorageLog log = new RecordingStorageLog();
    private final FakeStorageEngine engine = new FakeStorageEngine(hanging);
    private final Storage storage = new Storage(
            engine,
            Storage.Beside.NOTHING.withQueues(QueueDefinitions.of(JOBS)),
            new Storage.Means(clock, ticker, log, deadlines));
    private final TestGrants grants = new TestGrants(clock);
    private final Grant grant = grants.ofEverything();

    @BeforeEach
    void make() {
        engine.resources().create(CACHE);
        engine.keyValue(CACHE).put(KEY, ENTRY, KvCondition.ANY);
    }

    @Test
    void a_read_that_hangs_did_nothing() {
        for (var read : List.<Consumer<KeyValueStore>>of(
                store -> store.get(KEY),
                store -> store.getMany(List.of(KEY), KvRead.FRESH),
                store -> store.list(KvQuery.all()))) {
            assertEnded(FailureCode.UNAVAILABLE, () -> read.accept(keys()));
        }
        for (var read : List.<Consumer<Queue>>of(queue -> queue.peek(1), Queue::metrics)) {
            assertEnded(FailureCode.UNAVAILABLE, () -> read.accept(queue()));
        }
    }

    @Test
    void what_may_have_changed_something_has_an_unknown_outcome() {
        for (var change : List.<Consumer<KeyValueStore>>of(
                store -> store.put(KEY, ENTRY, KvCondition.ANY),
                store -> store.putMany(List.of(new KvPair(KEY, ENTRY))),
                store -> store.delete(KEY))) {
            assertEnded(FailureCode.OUTCOME_UNKNOWN, () -> change.accept(keys()));
        }
        for (var change : List.<Consumer<Queue>>of(
                queue -> queue.send(Message.text("a")),
                queue -> queue.sendAll(List.of(Message.text("a"))),
                queue -> queue.pull(PullRequest.STANDARD))) {
            assertEnded(FailureCode.OUTCOME_UNKNOWN, () -> change.accept(queue()));
        }
        assertEnded(
                FailureCode.OUTCOME_UNKNOWN,
                () -> storage.idempotency(grants.ofEverything())
                        .remember(new IdempotentCall("a", "/put", "key", Bytes.utf8("digest")), Bytes.utf8("answer")));
    }

    @Test
    void a_unit_is_one_call() {
        var told = log.calls().size();

        assertEnded(
                FailureCode.OUTCOME_UNKNOWN,
                () -> storage.together(
                        grants.ofEverything(),
                        inner -> inner.keyValue(grant, CACHE).get(KEY)));

        assertThat(log.calls().get(told).result()).isEqualTo(new StorageCall.Failed(FailureCode.UNAVAILABLE));
    }

    @Test
    void a_unit_that_takes_its_time_step_by_step_ends_with_the_deadline_of_one_call() {
        var failure = catchThrowable(() -> storage.together(grant, inner -> {
            for (var step = 0; step < 4; step++) {
                inner.keyValue(grant, CACHE).get(KEY);
                ticker.advance(MOST.dividedBy(3));
                deadlines.look();
                requireGoingOn();
            }
            return step();
        }));

        assertUnavailable(failure, FailureCode.OUTCOME_UNKNOWN);
    }

    @Test
    void a_call_that_ends_in_its_time_is_left_alone() {
        hanging.before(() -> {
            ticker.advance(MOST.minusNanos(1));
            deadlines.look();
            requireGoingOn();
        });

        assertThat(value(keys())).isEqualTo(ENTRY.value());
    }

    @Test
    void an_answer_that_came_all_the_same_is_the_answer() {
        hanging.before(this::comeToTheDeadline);

        assertThat(value(keys())).isEqualTo(ENTRY.value());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void what_a_store_has_decided_stays_so_although_it_is_late() {
        var refused = new StorageFailure.Rejected(FailureCode.CONFLICT, "taken");
        var invalid = new InvalidInput("key", "shorter");

        assertThat(lateWith(refused)).isSameAs(refused);
        assertThat(lateWith(invalid)).isSameAs(invalid);
    }

    @Test
    void a_failure_in_time_stays_what_it_was() {
        var failure = new StorageFailure.Unavailable(FailureCode.OVERLOADED, "all connections are in use");
        hanging.before(() -> {
            throw failure;
        });

        assertThat(catchThrowable(() -> keys().put(KEY, ENTRY, KvCondition.ANY)))
                .isSameAs(failure);
    }

    private Throwable lateWith(RuntimeException failure) {
        hanging.before(() -> {
            comeToTheDeadline();
            throw failure;
        });
        var thrown = catchThrowable(() -> keys().put(KEY, ENTRY, KvCondition.ANY));
        assertThat(Thread.interrupted()).isFalse();
        return thrown;
    }

    @Test
    void all_calls_of_a_request_end_at_its_one_deadline() {
        storage.keyValue(grant, CACHE).get(KEY);
        ticker.advance(MOST.dividedBy(2));
        storage.keyValue(grant, CACHE).get(KEY);
        ticker.advance(MOST.dividedBy(2));

        assertThatThrownBy(() -> storage.keyValue(grant, CACHE).put(KEY, KvEntry.of("other"), KvCondition.ANY))
                .isInstanceOfSatisfying(
                        StorageFailure.Unavailable.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE));

        assertThat(value(engine.keyValue(CACHE))).isEqualTo(ENTRY.value());
        assertThat(value(keys())).isEqualTo(ENTRY.value());
    }

    @Test
    void a_job_may_take_longer_than_each_of_its_calls() {
        grant.storeWait().callByCall();
        for (var step = 0; step < 3; step++) {
            storage.keyValue(grant, CACHE).get(KEY);
            ticker.advance(MOST.minusNanos(1));
        }

        hanging.before(this::hang);
        assertUnavailable(catchThrowable(() -> storage.keyValue(grant, CACHE).get(KEY)), FailureCode.UNAVAILABLE);
    }

    @Test
    void a_call_is_looked_at_often_against_its_deadline_and_not_more_often_than_that() {
        assertThat(new CallDeadlines(MOST, ticker).between()).isEqualTo(Duration.ofMillis(250));
        assertThat(new CallDeadlines(Duration.ofSeconds(1), ticker).between()).isEqualTo(Duration.ofMillis(10));
        assertThat(new CallDeadlines(Duration.ofMillis(100), ticker).between()).isEqualTo(Duration.ofMillis(5));
        assertThatThrownBy(() -> new CallDeadlines(Duration.ZERO, ticker)).isInstanceOf(IllegalArgumentException.class);
    }

    /** That the call ends at its deadline, with this code, and leaves its thread as it was. */
    private void assertEnded(FailureCode code, Runnable call) {
        hanging.before(this::hang);

        var failure = catchThrowable(call::run);

        assertUnavailable(failure, code);
        assertThat(log.calls())
                .last()
                .satisfies(told -> assertThat(told.result()).isInstanceOf(StorageCall.Failed.class));
    }

    private void assertUnavailable(@Nullable Throwable failure, FailureCode code) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageFailure.Unavailable.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(code));
        assertThat(failure).hasMessageContaining("PT30S");
        assertThat(Thread.interrupted()).isFalse();
        hanging.before(() -> {});
    }

    private static Bytes value(KeyValueStore store) {
        return store.get(KEY).orElseThrow().value();
    }

    private KeyValueStore keys() {
        return storage.keyValue(grants.ofEverything(), CACHE);
    }

    private Queue queue() {
        return storage.queue(grants.ofEverything(), JOBS.name());
    }

    private static int step() {
        throw new AssertionError("went on");
    }

    /** As a store does that cannot go on: it waits until somebody wants its thread. */
    private void hang() {
        comeToTheDeadline();
        requireGoingOn();
        throw new AssertionError("nobody ended the call");
    }

    private void comeToTheDeadline() {
        ticker.advance(MOST);
        deadlines.look();
    }

    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "store: interrupted");
        }
    }

    /** Does something before it tells the time, once. */
    private final class HangingClock extends Clock {
        private Runnable before = () -> {};

        void before(Runnable work) {
            before = work;
        }

        @Override
        public Instant instant() {
            var work = before;
            before = () -> {};
            work.run();
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
