package io.triport.testkit;

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
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.Staleness;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Capability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What durable objects promise, whatever keeps their state. The tag of a test names the case of the contract that it belongs to. */
public abstract class DurableObjectsContract extends ObjectSqlContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("do-matrix", "DO-", test -> ((DurableObjectsContract) test).adapter());

    private static final StateKey COUNT = StateKey.of("count");
    private static final ObjectEvent ADD = new ObjectEvent("add");
    private static final ObjectEvent COUNTED = new ObjectEvent("counted");
    private static final ObjectEvent GET_ALARM = new ObjectEvent("get-alarm");
    private static final int HANGS_AFTER_SECONDS = 60;

    private final AtomicReference<Consumer<ObjectState>> script = new AtomicReference<>();
    private final Queue<Alarm> rung = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Consumer<ObjectContext>> ringing = new AtomicReference<>(context -> {});

    @Test
    @Tag("DO-01")
    void ids_of_names_are_those_of_the_open_runtime() {
        var objects = counters();

        assertThat(objects.named(ObjectName.of("a")))
                .hasToString("d46cd8c4c40b95658daddb9bb187dbfcf1506ab99fd03f11f6918376fa9904d7");
        assertThat(objects.named(ObjectName.of("room-1")))
                .hasToString("1441d1f82d64994545835e09c9009f0ecaace1b743d5c2364065b2aa09c23ea8");
        assertThat(objects.named(ObjectName.of("\u00E9\uD83D\uDE00")))
                .hasToString("23e90488b327f5e3386721e862de195149099058837dbcb8f44acf39b48ec783");
    }

    @Test
    @Tag("DO-02")
    void an_id_that_another_made_is_refused() {
        var objects = counters();
        var own = objects.named(ObjectName.of("a"));
        var fresh = objects.fresh();
        var foreign = new ObjectIds(new ObjectClass("another")).named(ObjectName.of("a"));

        assertThat(objects.parse(own.toString())).isEqualTo(own);
        assertThat(objects.parse(fresh.toString())).isEqualTo(fresh);
        assertThat(objects.fresh()).isNotEqualTo(fresh);
        for (var bad : List.of("", "a".repeat(63), "g".repeat(64), "0".repeat(64), own + "0", foreign.toString())) {
            assertForeign(() -> objects.parse(bad));
        }
        for (var bit = 0; bit < 256; bit++) {
            var forged = own.bytes().toByteArray();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertForeign(() -> objects.parse(Bytes.copyOf(forged).toHex()));
        }
        assertForeign(() -> objects.inTurn(foreign, ADD));
        assertForeign(() -> objects.read(foreign, ADD, Staleness.NONE));
        assertForeign(() -> objects.connect(foreign, ADD, new FakeClient()));
    }

    @Test
    @Tag("DO-02")
    void an_object_reaches_no_id_of_another_class_either() {
        var foreign = new ObjectIds(new ObjectClass("another")).named(ObjectName.of("a"));
        var objects = objects(() -> (event, context) -> context.call(foreign, COUNTED));

        assertForeign(() -> objects.inTurn(objects.named(ObjectName.of("caller")), ADD));

        assertThat(objects.list(Optional.empty(), 10).ids()).isEmpty();
    }

    private static void assertForeign(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInput.class).hasMessage("id: not valid for this namespace");
    }

    @Test
    @Tag("DO-03")
    void a_thousand_additions_at_once_are_a_thousand() {
        var objects = counters();
        var id = objects.named(ObjectName.of("counter"));

        var answers = AtOnce.run(1_000, number -> () -> number(objects.inTurn(id, ADD)));

        assertThat(answers).doesNotHaveDuplicates();
        assertThat(number(objects.inTurn(id, COUNTED))).isEqualTo(1_000);
    }

    @Test
    @Tag("DO-04")
    void an_addition_that_waits_for_another_object_between_read_and_write_is_not_lost() {
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("echo")) {
                return ObjectAnswer.EMPTY;
            }
            var before = count(context);
            context.call(new ObjectIds(TYPE).named(ObjectName.of("echo")), new ObjectEvent("echo"));
            return counted(context, before + 1);
        });
        var id = objects.named(ObjectName.of("counter"));

        var answers = AtOnce.run(100, number -> () -> number(objects.inTurn(id, ADD)));

        assertThat(answers).hasSize(100).doesNotHaveDuplicates().contains(100L);
    }

    @Test
    @Tag("DO-05")
    void an_object_that_yields_is_open_during_the_call_and_alone_again_after_it() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var opened = new CountDownLatch(1);
        var other = new CountDownLatch(1);
        var objects = objects(() -> (event, context) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (event.operation().equals("yield")) {
                var before = count(context);
                context.state().put(COUNT, bytes(before + 1));
                inside.decrementAndGet();
                context.yieldDuring(() -> {
                    opened.countDown();
                    return await(other);
                });
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                context.state().put(StateKey.of("seen"), bytes(count(context)));
            }
            var answer = counted(context, count(context) + 1);
            if (event.operation().equals("other")) {
                other.countDown();
            }
            inside.decrementAndGet();
            return answer;
        });
        var id = objects.named(ObjectName.of("door"));

        var yielding = later(() -> number(objects.inTurn(id, new ObjectEvent("yield"))));
        await(opened);
        var during = number(objects.inTurn(id, new ObjectEvent("other")));
        var after = join(yielding);
        AtOnce.run(50, number -> () -> objects.inTurn(id, ADD));

        assertThat(during).isEqualTo(2);
        assertThat(after).isEqualTo(3);
        assertThat(most).hasValue(1);
    }

    @Test
    @Tag("DO-05")
    void what_was_written_before_an_object_yields_is_committed_then() {
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("counted")) {
                return new ObjectAnswer(bytes(count(context)));
            }
            counted(context, 7);
            context.yieldDuring(() -> 0);
            counted(context, 8);
            throw new IllegalStateException("after it");
        });
        var id = objects.named(ObjectName.of("door"));

        assertThatThrownBy(() -> objects.inTurn(id, ADD)).satisfies(thrownByCode("after it"));

        assertThat(number(objects.inTurn(id, COUNTED))).isEqualTo(7);
    }

    @Test
    @Tag("DO-06")
    void a_call_that_comes_back_to_an_object_that_waits_for_it_is_a_conflict_at_once() {
        var objects = objects(() -> (event, context) -> {
            var path = event.body().toUtf8();
            if (path.isEmpty()) {
                return ObjectAnswer.EMPTY;
            }
            var next = new ObjectIds(TYPE).named(ObjectName.of(path.substring(0, 1)));
            var rest = new ObjectEvent("go", Bytes.utf8(path.substring(1)));
            return event.operation().equals("open")
                    ? context.yieldDuring(() -> context.call(next, rest))
                    : context.call(next, rest);
        });
        var a = objects.named(ObjectName.of("a"));

        for (var path : List.of("a", "ba", "bcb", "bcca")) {
            assertThatThrownBy(() -> objects.inTurn(a, new ObjectEvent("go", Bytes.utf8(path))))
                    .as("%s", path)
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT))
                    .hasMessageContaining("REENTRANT");
        }
        assertThat(objects.inTurn(a, new ObjectEvent("go", Bytes.utf8("bcd")))).isEqualTo(ObjectAnswer.EMPTY);
        assertThat(objects.inTurn(a, new ObjectEvent("open", Bytes.utf8("ba")))).isEqualTo(ObjectAnswer.EMPTY);
    }

    @Test
    @Tag("DO-07")
    void nothing_of_an_event_that_throws_lasts_and_its_instance_ends() {
        var made = new AtomicInteger();
        var objects = objects(() -> {
            made.incrementAndGet();
            return (event, context) -> {
                if (event.operation().equals("throw")) {
                    counted(context, 99);
                    context.state().put(StateKey.of("other"), bytes(1));
                    throw new IllegalStateException("on purpose");
                }
                return event.operation().equals("add")
                        ? counted(context, count(context) + 1)
                        : new ObjectAnswer(
                                bytes(context.state().list(StateQuery.all()).size()));
            };
        });
        var id = objects.named(ObjectName.of("thrower"));
        objects.inTurn(id, ADD);
        var before = made.get();

        assertThatThrownBy(() -> objects.inTurn(id, new ObjectEvent("throw"))).satisfies(thrownByCode("on purpose"));

        assertThat(number(objects.inTurn(id, new ObjectEvent("entries")))).isEqualTo(1);
        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(2);
        assertThat(made.get()).isGreaterThan(before);
    }

    @Test
    @Tag("DO-07")
    void a_transaction_that_throws_takes_back_its_own_writes_alone() {
        var objects = objects(() -> (event, context) -> {
            var state = context.state();
            state.put(StateKey.of("a"), bytes(1));
            assertThatThrownBy(() -> state.transaction(() -> {
                        state.put(StateKey.of("b"), bytes(2));
                        state.delete(Set.of(StateKey.of("a")));
                        state.deleteAll();
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            state.transaction(() -> {
                state.put(StateKey.of("c"), bytes(3));
                return 0;
            });
            return new ObjectAnswer(Bytes.utf8(keys(state)));
        });
        var id = objects.named(ObjectName.of("undoer"));

        assertThat(objects.inTurn(id, ADD).body().toUtf8()).isEqualTo("ac");
        assertThat(objects.inTurn(id, ADD).body().toUtf8()).isEqualTo("ac");
    }

    @Test
    @Tag("DO-08")
    void an_answer_waits_for_its_commit() {
        var objects = counters();
        var id = objects.named(ObjectName.of("gate"));
        var committing = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        fixture.beforeCommit(() -> {
            committing.countDown();
            await(go);
        });

        var answer = later(() -> number(objects.inTurn(id, ADD)));
        await(committing);

        assertThat(answer).isNotDone();
        go.countDown();
        assertThat(join(answer)).isEqualTo(1);
    }

    @Test
    @Tag("DO-08")
    void an_answer_whose_commit_fails_never_leaves_and_its_instance_ends() {
        for (var code : List.of(FailureCode.FENCED, FailureCode.OUTCOME_UNKNOWN)) {
            var made = new AtomicInteger();
            var objects = objects(() -> {
                made.incrementAndGet();
                return new Counter();
            });
            var id = objects.fresh();
            fixture.beforeCommit(() -> {});
            objects.inTurn(id, ADD);
            var before = made.get();
            fixture.beforeCommit(() -> {
                throw new StorageFailure.Unavailable(code, "the commit fails");
            });

            assertFails(code, () -> objects.inTurn(id, ADD));

            fixture.beforeCommit(() -> {});
            assertThat(number(objects.inTurn(id, COUNTED))).isEqualTo(1);
            assertThat(made.get()).isGreaterThan(before);
        }
    }

    @Test
    @Tag("DO-08")
    void a_call_that_goes_out_after_a_write_waits_for_the_commit_of_the_write() {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("told")) {
                order.add("told");
                return ObjectAnswer.EMPTY;
            }
            counted(context, 1);
            return context.call(new ObjectIds(TYPE).named(ObjectName.of("other")), new ObjectEvent("told"));
        });
        fixture.beforeCommit(() -> order.add("commit"));

        objects.inTurn(objects.named(ObjectName.of("caller")), ADD);

        assertThat(order).containsExactly("commit", "told");
    }

    @Test
    @Tag("DO-08")
    void of_an_event_that_has_committed_a_part_nobody_says_that_nothing_happened() {
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("counted")) {
                return new ObjectAnswer(bytes(count(context)));
            }
            counted(context, 1);
            context.sync();
            fixture.beforeCommit(() -> {
                throw new StorageFailure.Unavailable(FailureCode.FENCED, "the commit fails");
            });
            return counted(context, 2);
        });
        var id = objects.named(ObjectName.of("parts"));

        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> objects.inTurn(id, ADD));

        assertThat(number(objects.inTurn(id, COUNTED))).isEqualTo(1);
    }

    @Test
    @Tag("DO-18")
    void limits_hold_to_the_byte() {
        var objects = scripted();

        var many = entries(ObjectState.MOST_AT_ONCE);
        var tooMany = entries(ObjectState.MOST_AT_ONCE + 1);
        var largest = Bytes.copyOf(new byte[ObjectState.MOST_BYTES - 1]);
        var id = objects.named(ObjectName.of("n".repeat(1_024)));

        run(objects, id, state -> state.put(many));
        run(objects, id, state -> assertThat(state.get(many.keySet())).isEqualTo(many));
        run(objects, id, state -> assertThat(state.delete(many.keySet())).isEqualTo(ObjectState.MOST_AT_ONCE));
        run(objects, id, state -> state.put(StateKey.of("k"), largest));
        run(objects, id, state -> assertThat(state.get(StateKey.of("k"))).contains(largest));
        assertFails(FailureCode.TOO_LARGE, () -> run(objects, id, state -> state.put(tooMany)));
        assertFails(FailureCode.TOO_LARGE, () -> run(objects, id, state -> state.get(tooMany.keySet())));
        assertFails(FailureCode.TOO_LARGE, () -> run(objects, id, state -> state.delete(tooMany.keySet())));
        assertFails(FailureCode.TOO_LARGE, () -> run(objects, id, state -> state.put(StateKey.of("kk"), largest)));
        assertInvalid(() -> StateQuery.all().limitedTo(0));
        assertInvalid(() -> StateQuery.all().limitedTo(1_001));
        assertInvalid(() -> objects.list(Optional.empty(), 0));
        assertInvalid(() -> objects.list(Optional.empty(), 1_001));
        run(objects, id, state -> state.put(StateKey.of("k".repeat(2_048)), Bytes.EMPTY));
        assertInvalid(() -> StateKey.of("k".repeat(2_049)));
        assertInvalid(() -> StateKey.of(""));
        assertInvalid(() -> ObjectName.of("n".repeat(1_025)));
        assertInvalid(() -> ObjectName.of("\u20AC".repeat(342)));
        assertInvalid(() -> ObjectName.of(""));
        assertInvalid(() -> ObjectName.of("\uD800"));
    }

    @Test
    @Tag("DO-18")
    void an_object_keeps_10_gb_and_not_a_byte_more() {
        fixture.besides(10_000_000_000L - 10);
        var objects = scripted();
        var id = objects.named(ObjectName.of("full"));
        var nine = Bytes.copyOf(new byte[9]);

        run(objects, id, state -> state.put(key('a'), nine));
        assertFails(FailureCode.TOO_LARGE, () -> run(objects, id, state -> state.put(key('b'), Bytes.EMPTY)));

        run(objects, id, state -> assertThat(keys(state)).isEqualTo("a"));
        run(objects, id, state -> {
            state.delete(Set.of(key('a')));
            state.put(key('b'), nine);
        });
        run(objects, id, state -> assertThat(keys(state)).isEqualTo("b"));
    }

    @Test
    @Tag("DO-20")
    void the_events_of_one_caller_come_in_their_order() {
        var arrived = Collections.synchronizedList(new ArrayList<String>());
        var objects = objects(() -> (event, context) -> {
            arrived.add(event.operation());
            return ObjectAnswer.EMPTY;
        });
        var id = objects.named(ObjectName.of("queue"));

        AtOnce.run(8, caller -> () -> {
            for (var i = 0; i < 50; i++) {
                objects.inTurn(id, new ObjectEvent(caller + ":" + i));
            }
            return caller;
        });

        for (var caller = 0; caller < 8; caller++) {
            var own = caller + ":";
            var expected = new ArrayList<String>();
            for (var i = 0; i < 50; i++) {
                expected.add(own + i);
            }
            assertThat(arrived.stream().filter(name -> name.startsWith(own))).containsExactlyElementsOf(expected);
        }
    }

    @Test
    @Tag("DO-22")
    void a_second_process_over_the_same_state_is_refused() {
        var objects = counters();
        var id = objects.named(ObjectName.of("one"));
        objects.inTurn(id, ADD);
        if (!fixture.info().can(Capability.ALONE)) {
            fixture.openBeside(DurableCode.of(TYPE, Counter::new));
            throw new NotClaimed(Capability.ALONE);
        }

        assertFails(FailureCode.UNAVAILABLE, () -> fixture.openBeside(DurableCode.of(TYPE, Counter::new)));

        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(2);
    }

    @Test
    @Tag("DO-10")
    void state_and_names_are_there_when_the_objects_are_opened_again() {
        var objects = counters();
        requireSurvival();
        var id = objects.named(ObjectName.of("kept"));
        var unnamed = objects.fresh();
        objects.inTurn(id, ADD);
        objects.inTurn(unnamed, ADD);

        var again = counters();

        assertThat(number(again.inTurn(again.parse(id.toString()), ADD))).isEqualTo(2);
        assertThat(number(again.inTurn(unnamed, ADD))).isEqualTo(2);
        assertThat(again.list(Optional.empty(), 10).ids())
                .containsExactlyInAnyOrder(id, unnamed)
                .filteredOn(found -> found.equals(id))
                .allSatisfy(found -> assertThat(found.name()).contains(ObjectName.of("kept")));
    }

    @Test
    void an_object_knows_its_stored_name_also_when_it_is_asked_by_its_id() {
        var objects = objects(() -> (event, context) -> {
            context.state().put(COUNT, Bytes.EMPTY);
            return new ObjectAnswer(context.id().name().map(ObjectName::bytes).orElse(Bytes.EMPTY));
        });
        var named = objects.named(ObjectName.of("room"));

        objects.inTurn(named, ADD);
        fixture.ticker().advance(Duration.ofMinutes(1));

        assertThat(objects.inTurn(objects.parse(named.toString()), ADD).body()).isEqualTo(Bytes.utf8("room"));
        assertThat(objects.inTurn(objects.fresh(), ADD).body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void an_object_that_nobody_asks_for_10_seconds_ends_and_its_state_stays() {
        var made = new AtomicInteger();
        var objects = objects(() -> {
            made.incrementAndGet();
            return new Counter();
        });
        var id = objects.named(ObjectName.of("idle"));
        objects.inTurn(id, ADD);
        var before = made.get();

        fixture.ticker().advance(Duration.ofSeconds(11));
        objects.inTurn(objects.fresh(), COUNTED);

        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(2);
        assertThat(made.get()).isGreaterThan(before + 1);
    }

    @Test
    void an_event_that_is_stuck_for_15_minutes_loses_its_object() {
        var stuck = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("stick")) {
                counted(context, 50);
                stuck.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return counted(context, 60);
            }
            return counted(context, count(context) + 1);
        });
        var id = objects.named(ObjectName.of("stuck"));

        var answer = later(() -> number(objects.inTurn(id, new ObjectEvent("stick"))));
        await(stuck);
        fixture.ticker().advance(Duration.ofMinutes(16));
        var next = number(objects.inTurn(id, ADD));
        await(interrupted);

        assertThat(next).isEqualTo(1);
        assertFails(FailureCode.FENCED, () -> join(answer));
        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(2);
    }

    @Test
    void what_start_writes_commits_with_the_first_event() {
        var objects = objects(() -> new DurableObject() {
            @Override
            public void start(ObjectContext context) {
                if (context.state().get(COUNT).isEmpty()) {
                    context.state().put(COUNT, bytes(100));
                }
            }

            @Override
            public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
                return counted(context, count(context) + 1);
            }
        });
        var id = objects.named(ObjectName.of("started"));

        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(101);
        assertThat(number(objects.inTurn(id, ADD))).isEqualTo(102);
    }

    @Test
    void a_read_sees_the_last_commit_and_writes_nothing() {
        var objects = counters();
        var id = objects.named(ObjectName.of("read"));
        objects.inTurn(id, ADD);

        assertThat(number(objects.read(id, COUNTED, Staleness.NONE))).isEqualTo(1);
        assertFails(FailureCode.UNSUPPORTED, () -> objects.read(id, ADD, Staleness.NONE));
        assertThat(number(objects.read(id, COUNTED, new Staleness(Duration.ofHours(1)))))
                .isEqualTo(1);
    }

    @Test
    void a_listing_shows_what_the_event_has_written_over_what_is_stored() {
        var objects = scripted();
        var id = objects.named(ObjectName.of("list"));
        var high = new StateKey(Bytes.copyOf(new byte[] {(byte) 0xFF, (byte) 0xFF}));

        run(objects, id, state -> "abcdef".chars().forEach(c -> state.put(key(c), bytes(c))));
        run(objects, id, state -> state.put(high, bytes(1)));

        run(objects, id, state -> {
            state.delete(Set.of(key('a'), key('b'), key('c')));
            state.put(key('e'), bytes(5));
            state.put(StateKey.of("dd"), bytes(4));
            assertThat(keys(state)).isEqualTo("d" + "dd" + "e" + "f" + "\uFFFD");
            assertThat(state.list(StateQuery.all().limitedTo(2)))
                    .containsExactly(new StateEntry(key('d'), bytes('d')), new StateEntry(StateKey.of("dd"), bytes(4)));
            assertThat(state.list(StateQuery.of("d").after(key('d'))))
                    .containsExactly(new StateEntry(StateKey.of("dd"), bytes(4)));
            assertThat(state.list(new StateQuery(Bytes.copyOf(new byte[] {(byte) 0xFF}), Bytes.EMPTY, 5)))
                    .containsExactly(new StateEntry(high, bytes(1)));
        });
        run(objects, id, state -> assertThat(keys(state)).isEqualTo("ddde" + "f" + "\uFFFD"));
        run(objects, id, state -> {
            state.deleteAll();
            state.put(key('z'), bytes(1));
            assertThat(keys(state)).isEqualTo("z");
        });
        run(objects, id, state -> assertThat(keys(state)).isEqualTo("z"));
    }

    @Test
    void objects_are_listed_by_their_ids_while_they_keep_something() {
        var objects = objects(() -> (event, context) -> {
            if (event.operation().equals("clear")) {
                context.state().deleteAll();
                return ObjectAnswer.EMPTY;
            }
            return counted(context, 1);
        });
        var ids = new ArrayList<ObjectId>();
        for (var i = 0; i < 7; i++) {
            ids.add(objects.named(ObjectName.of("object " + i)));
            objects.inTurn(ids.getLast(), ADD);
        }
        objects.inTurn(ids.removeFirst(), new ObjectEvent("clear"));
        ids.sort((one, other) -> one.bytes().compareTo(other.bytes()));

        var walked = new ArrayList<ObjectId>();
        var after = Optional.<ObjectId>empty();
        do {
            var page = objects.list(after, 2);
            walked.addAll(page.ids());
            after = page instanceof ObjectListing.More more ? Optional.of(more.last()) : Optional.empty();
        } while (after.isPresent());

        assertThat(walked).containsExactlyElementsOf(ids);
        assertThat(walked)
                .allSatisfy(id -> assertThat(id.name().orElseThrow().text()).startsWith("object "));
        var foreign = new ObjectIds(new ObjectClass("another")).named(ObjectName.of("a"));
        assertInvalid(() -> objects.list(Optional.of(foreign), 2));
    }

    @Test
    void a_context_is_of_no_use_after_its_event() {
        var kept = new AtomicReference<ObjectContext>();
        var objects = objects(() -> (event, context) -> {
            kept.set(context);
            return counted(context, 1);
        });
        objects.inTurn(objects.fresh(), ADD);

        var late = Objects.requireNonNull(kept.get());

        assertThatThrownBy(() -> late.state().get(COUNT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> late.state().put(COUNT, bytes(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(late::sync).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("DO-14")
    void an_alarm_goes_off_when_it_is_due_and_the_last_that_was_set_counts() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("alarmed"));
        objects.inTurn(id, setTo(10));
        objects.inTurn(id, setTo(20));
        var due = fixture.clock().in(Duration.ofSeconds(20));

        fixture.clock().advance(Duration.ofSeconds(20).minusMillis(1));
        fixture.ring();
        assertThat(rung).isEmpty();
        assertThat(objects.inTurn(id, GET_ALARM).body()).isEqualTo(Bytes.utf8(due.toString()));
        fixture.clock().advance(Duration.ofMillis(1));
        fixture.ring();

        assertThat(rung).containsExactly(new Alarm(due, 0));
        assertThat(objects.inTurn(id, GET_ALARM)).isEqualTo(ObjectAnswer.EMPTY);
    }

    @Test
    @Tag("DO-14")
    void an_alarm_in_the_past_goes_off_at_once_and_one_that_was_deleted_never() {
        var objects = alarmed();
        objects.inTurn(objects.named(ObjectName.of("past")), setTo(-3_600));
        var deleted = objects.named(ObjectName.of("deleted"));
        objects.inTurn(deleted, setTo(0));
        objects.inTurn(deleted, new ObjectEvent("delete"));

        fixture.ring();

        assertThat(rung).containsExactly(new Alarm(fixture.clock().in(Duration.ofHours(-1)), 0));
    }

    @Test
    @Tag("DO-14")
    void an_alarm_that_fails_goes_off_again_six_times_later_each_time() {
        var objects = alarmed();
        objects.inTurn(objects.named(ObjectName.of("failing")), setTo(0));
        var due = fixture.clock().instant();
        ringing.set(context -> {
            context.state().put(COUNT, bytes(99));
            throw new IllegalStateException("on purpose");
        });

        fixture.ring();
        for (var retry = 1; retry <= 6; retry++) {
            var plain = Duration.ofSeconds(1L << retry);
            fixture.clock().advance(plain.minusMillis(1));
            fixture.ring();
            assertThat(rung).hasSize(retry);
            fixture.clock().advance(plain.dividedBy(4).plusMillis(1));
            fixture.ring();
            assertThat(rung).hasSize(retry + 1).last().isEqualTo(new Alarm(due, retry));
        }
        fixture.clock().advance(Duration.ofDays(1));
        fixture.ring();

        assertThat(rung).hasSize(7);
        assertThat(objects.inTurn(objects.named(ObjectName.of("failing")), COUNTED))
                .isEqualTo(ObjectAnswer.EMPTY);
    }

    @Test
    @Tag("DO-14")
    void what_the_store_could_not_do_does_not_count_as_a_retry() {
        var objects = alarmed();
        objects.inTurn(objects.named(ObjectName.of("unlucky")), setTo(0));
        var due = fixture.clock().instant();
        fixture.beforeCommit(() -> {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "on purpose");
        });
        fixture.ring();
        fixture.beforeCommit(() -> {});

        fixture.ring();
        fixture.ring();

        assertThat(rung).containsExactly(new Alarm(due, 0), new Alarm(due, 0));
    }

    @Test
    @Tag("DO-14")
    void an_alarm_may_set_the_next_one_and_sees_none_before() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("again"));
        objects.inTurn(id, setTo(0));
        var seen = new ArrayList<Optional<Instant>>();
        var next = fixture.clock().in(Duration.ofMinutes(1));
        ringing.set(context -> {
            seen.add(context.alarm().get());
            context.alarm().set(next);
            seen.add(context.alarm().get());
            context.sync();
        });

        fixture.ring();
        fixture.ring();
        assertThat(rung).hasSize(1);
        assertThat(seen).containsExactly(Optional.empty(), Optional.of(next));
        fixture.clock().advance(Duration.ofMinutes(1));
        ringing.set(context -> {});
        fixture.ring();
        fixture.ring();

        assertThat(rung).hasSize(2).last().isEqualTo(new Alarm(next, 0));
    }

    @Test
    @Tag("DO-14")
    void an_alarm_that_sets_the_same_time_again_goes_off_again() {
        var objects = alarmed();
        objects.inTurn(objects.named(ObjectName.of("same")), setTo(0));
        var same = fixture.clock().instant();
        ringing.set(context -> {
            context.alarm().set(same);
            context.sync();
            ringing.set(again -> {});
        });

        fixture.ring();
        fixture.ring();
        fixture.ring();

        assertThat(rung).hasSize(2);
    }

    @Test
    @Tag("DO-15")
    void an_alarm_goes_off_once_for_each_commit_of_what_it_writes() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("once"));
        objects.inTurn(id, setTo(0));
        ringing.set(context -> counted(context, count(context) + 1));

        fixture.ring();
        fixture.ring();

        assertThat(rung).hasSize(1);
        assertThat(number(objects.inTurn(id, COUNTED))).isEqualTo(1);
    }

    @Test
    @Tag("DO-15")
    void an_alarm_goes_off_after_its_objects_were_closed_and_opened_again_and_knows_the_name() {
        var objects = alarmed();
        requireSurvival();
        var id = objects.named(ObjectName.of("sleeper"));
        objects.inTurn(id, setTo(0));
        var names = new ArrayList<Optional<ObjectName>>();
        ringing.set(context -> names.add(context.id().name()));

        alarmed();
        fixture.ring();

        assertThat(rung).hasSize(1);
        assertThat(names).containsExactly(Optional.of(ObjectName.of("sleeper")));
    }

    @Test
    @Tag("DO-07")
    void an_alarm_of_an_event_that_throws_does_not_last_nor_one_of_a_transaction() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("thrower"));
        var later = setTo(60);
        objects.inTurn(id, later);

        assertThatThrownBy(() -> objects.inTurn(id, new ObjectEvent("set and throw")))
                .satisfies(thrownByCode("on purpose"));
        objects.inTurn(id, new ObjectEvent("set in a transaction that throws"));
        fixture.ring();

        assertThat(rung).isEmpty();
        assertThat(objects.inTurn(id, GET_ALARM).body()).isEqualTo(later.body());
    }

    @Test
    void an_object_that_keeps_an_alarm_alone_is_listed_until_it_has_gone_off() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("alone"));
        objects.inTurn(id, setTo(0));

        assertThat(objects.list(Optional.empty(), 10).ids()).containsExactly(id);
        fixture.ring();

        assertThat(objects.list(Optional.empty(), 10).ids()).isEmpty();
    }

    @Test
    void a_read_sets_no_alarm() {
        var objects = alarmed();
        var id = objects.named(ObjectName.of("read"));

        assertFails(FailureCode.UNSUPPORTED, () -> objects.read(id, setTo(0), Staleness.NONE));
        fixture.ring();

        assertThat(rung).isEmpty();
    }

    /** Objects that set their alarm to what an event says, and note when it goes off. */
    private DurableObjects alarmed() {
        return objects(() -> new Alarmed(rung, ringing));
    }

    private ObjectEvent setTo(int seconds) {
        return new ObjectEvent(
                "set",
                Bytes.utf8(fixture.clock().in(Duration.ofSeconds(seconds)).toString()));
    }

    private record Alarmed(Queue<Alarm> rung, AtomicReference<Consumer<ObjectContext>> ringing)
            implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            var alarm = context.alarm();
            switch (event.operation()) {
                case "set" -> alarm.set(Instant.parse(event.body().toUtf8()));
                case "delete" -> alarm.delete();
                case "set and throw" -> {
                    alarm.set(Instant.EPOCH);
                    throw new IllegalStateException("on purpose");
                }
                case "set in a transaction that throws" ->
                    assertThatThrownBy(() -> context.state().transaction(() -> {
                                alarm.set(Instant.EPOCH);
                                throw new IllegalStateException("on purpose");
                            }))
                            .hasMessage("on purpose");
                case "get-alarm" -> {
                    return alarm.get()
                            .map(when -> new ObjectAnswer(Bytes.utf8(when.toString())))
                            .orElse(ObjectAnswer.EMPTY);
                }
                default -> {
                    return context.state().get(COUNT).map(ObjectAnswer::new).orElse(ObjectAnswer.EMPTY);
                }
            }
            return ObjectAnswer.EMPTY;
        }

        @Override
        public void alarm(Alarm alarm, ObjectContext context) {
            rung.add(alarm);
            ringing.get().accept(context);
        }
    }

    private DurableObjects counters() {
        return objects(Counter::new);
    }

    /** Objects that do what {@link #run} says. */
    private DurableObjects scripted() {
        return objects(() -> (event, context) -> {
            Objects.requireNonNull(script.get()).accept(context.state());
            return ObjectAnswer.EMPTY;
        });
    }

    private void run(DurableObjects objects, ObjectId id, Consumer<ObjectState> step) {
        script.set(step);
        objects.inTurn(id, new ObjectEvent("run"));
    }

    /** Adds to a number. */
    private static final class Counter implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            return event.operation().equals("add")
                    ? counted(context, count(context) + 1)
                    : new ObjectAnswer(bytes(count(context)));
        }
    }

    private static long count(ObjectContext context) {
        return context.state().get(COUNT).map(DurableObjectsContract::number).orElse(0L);
    }

    private static ObjectAnswer counted(ObjectContext context, long count) {
        context.state().put(COUNT, bytes(count));
        return new ObjectAnswer(bytes(count));
    }

    private static Bytes bytes(long number) {
        return Bytes.utf8(Long.toString(number));
    }

    private static long number(Bytes bytes) {
        return Long.parseLong(bytes.toUtf8());
    }

    private static long number(ObjectAnswer answer) {
        return number(answer.body());
    }

    private static String keys(ObjectState state) {
        var text = new StringBuilder();
        state.list(StateQuery.all()).forEach(entry -> text.append(text(entry.key())));
        return text.toString();
    }

    private static String text(StateKey key) {
        return key.bytes().at(0) == (byte) 0xFF ? "\uFFFD" : key.bytes().toUtf8();
    }

    private static StateKey key(int letter) {
        return StateKey.of(Character.toString(letter));
    }

    private static Map<StateKey, Bytes> entries(int count) {
        var entries = new HashMap<StateKey, Bytes>();
        for (var i = 0; i < count; i++) {
            entries.put(StateKey.of("key " + i), bytes(i));
        }
        return entries;
    }

    private static CompletableFuture<Long> later(Supplier<Long> work) {
        return CompletableFuture.supplyAsync(work, command -> Thread.ofVirtual().start(command));
    }

    private static <R> R join(CompletableFuture<R> future) {
        try {
            return future.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("hangs", e);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            if (!latch.await(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("hangs");
            }
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
