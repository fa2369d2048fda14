package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSql;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.Staleness;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Message;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link DurableObjectsContract} on the database of an object. */
public abstract class ObjectSqlContract extends ObjectEffectsContract {
    private static final StateKey KEY = StateKey.of("key");
    private static final Bytes VALUE = Bytes.utf8("value");
    private static final String TABLE = "create table note (id integer primary key, text text not null unique)";
    private static final IllegalStateException ON_PURPOSE = new IllegalStateException("on purpose");

    private final ConcurrentMap<String, Consumer<ObjectContext>> steps = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    @Test
    @Tag("DO-07")
    void what_an_event_writes_to_its_database_commits_with_its_state() {
        var objects = scripted();
        var id = objects.named(ObjectName.of("one"));

        run(objects, id, context -> {
            context.sql().run(new SqlScript(TABLE + "; insert into note (text) values ('a'), ('b')"));
            assertThat(notes(context)).containsExactly("a", "b");
            context.state().put(KEY, VALUE);
        });

        run(objects, id, context -> {
            assertThat(notes(context)).containsExactly("a", "b");
            assertThat(context.state().get(KEY)).contains(VALUE);
        });
        assertThat(objects.list(Optional.empty(), 10).ids()).containsExactly(id);
    }

    @Test
    @Tag("DO-07")
    void an_event_that_throws_leaves_its_database_its_state_and_its_messages_as_they_were() {
        var objects = withNotes("one", "kept");
        var id = objects.named(ObjectName.of("one"));

        assertThatThrownBy(() -> run(objects, id, context -> {
                    add(context, "never");
                    context.sql().run(new SqlScript("create table other (a); drop table note"));
                    context.state().put(KEY, VALUE);
                    context.alarm().set(Instant.EPOCH);
                    context.outbox().send(DurableFixture.JOBS.name(), Message.text("never"));
                    throw ON_PURPOSE;
                }))
                .satisfies(thrownByCode("on purpose"));

        run(objects, id, context -> {
            assertThat(notes(context)).containsExactly("kept");
            assertThat(context.state().get(KEY)).isEmpty();
            assertThat(context.alarm().get()).isEmpty();
        });
    }

    @Test
    @Tag("DO-07")
    void a_transaction_that_throws_takes_back_what_its_body_wrote_to_the_database_and_no_more() {
        var objects = withNotes("one", "kept");
        var id = objects.named(ObjectName.of("one"));

        run(objects, id, context -> {
            failing(context.state(), () -> add(context, "the first of the event"));
            assertThat(notes(context)).containsExactly("kept");
            add(context, "before");
            failing(context.state(), () -> {
                add(context, "never");
                context.state().transaction(() -> add(context, "within, and never"));
                failing(context.state(), () -> add(context, "never, either"));
                assertThat(notes(context)).containsExactly("kept", "before", "never", "within, and never");
            });
            context.state().transaction(() -> add(context, "within"));
            add(context, "after");
        });

        run(objects, id, context -> assertThat(notes(context)).containsExactly("kept", "before", "within", "after"));
    }

    @Test
    @Tag("DO-07")
    void what_was_committed_on_the_way_stays_when_the_event_fails() {
        var objects = withNotes("one", "kept");
        var id = objects.named(ObjectName.of("one"));

        assertThatThrownBy(() -> run(objects, id, context -> {
                    context.state().transaction(() -> {
                        add(context, "before");
                        context.sync();
                        return add(context, "never");
                    });
                    throw ON_PURPOSE;
                }))
                .satisfies(thrownByCode("on purpose"));

        run(objects, id, context -> assertThat(notes(context)).containsExactly("kept", "before"));
    }

    @Test
    @Tag("DO-05")
    void others_see_what_was_written_before_an_event_let_them_in_and_it_sees_what_they_wrote() {
        var objects = withNotes("one");
        var id = objects.named(ObjectName.of("one"));

        run(objects, id, context -> {
            add(context, "before");
            context.yieldDuring(() -> {
                run(objects, id, other -> {
                    assertThat(notes(other)).containsExactly("before");
                    add(other, "meanwhile");
                });
                return id;
            });
            assertThat(notes(context)).containsExactly("before", "meanwhile");
            add(context, "after");
        });

        run(objects, id, context -> assertThat(notes(context)).containsExactly("before", "meanwhile", "after"));
    }

    @Test
    @Tag("DO-08")
    void nothing_of_a_commit_that_fails_is_in_the_database() {
        var objects = withNotes("one", "kept");
        var id = objects.named(ObjectName.of("one"));
        for (var code : List.of(FailureCode.FENCED, FailureCode.OUTCOME_UNKNOWN, FailureCode.OVERLOADED)) {
            fixture.beforeCommit(() -> {
                throw new StorageFailure.Unavailable(code, "the commit fails");
            });

            assertFails(code, () -> run(objects, id, context -> add(context, "never")));

            fixture.beforeCommit(() -> {});
            run(objects, id, context -> assertThat(notes(context)).containsExactly("kept"));
        }
    }

    @Test
    @Tag("DO-08")
    void a_commit_that_came_to_pass_is_found_when_nobody_could_tell() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        fixture.afterCommit(() -> {
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "its end is not told");
        });

        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> run(objects, id, context -> add(context, "b")));
        run(objects, id, context -> assertThat(notes(context)).containsExactly("a", "b"));
        assertFails(
                FailureCode.OUTCOME_UNKNOWN,
                () -> run(objects, id, context -> context.state().deleteAll()));

        fixture.afterCommit(() -> {});
        run(objects, id, context -> {
            assertFails(FailureCode.BAD_REQUEST, () -> notes(context));
            context.sql().run(new SqlScript(TABLE));
            add(context, "c");
        });
        run(objects, id, context -> assertThat(notes(context)).containsExactly("c"));
    }

    @Test
    @Tag("DO-08")
    void an_event_goes_no_further_with_its_database_after_a_commit_that_failed() {
        var objects = withNotes("one", "kept");
        var id = objects.named(ObjectName.of("one"));
        beIdle();

        assertFails(
                FailureCode.TOO_LARGE,
                () -> run(objects, id, context -> {
                    add(context, "never");
                    fixture.besides(ObjectState.MOST_BYTES_OF_OBJECT);
                    context.state().put(KEY, VALUE);
                    assertFails(FailureCode.TOO_LARGE, context::sync);
                    fixture.besides(0);
                    assertFails(FailureCode.TOO_LARGE, () -> notes(context));
                }));

        run(objects, id, context -> {
            assertThat(notes(context)).containsExactly("kept");
            assertThat(context.state().get(KEY)).isEmpty();
        });
    }

    @Test
    @Tag("DO-10")
    void a_database_is_there_when_the_objects_are_opened_again() {
        var objects = withNotes("one", "a");
        requireSurvival();
        var id = objects.named(ObjectName.of("one"));
        run(objects, id, context -> add(context, "b"));
        run(
                objects,
                id,
                context -> assertThat(count(context, "pragma quick_check")).isZero());

        var again = scripted();

        run(again, id, context -> {
            assertThat(notes(context)).containsExactly("a", "b");
            add(context, "c");
        });
        run(scripted(), id, context -> assertThat(notes(context)).containsExactly("a", "b", "c"));
    }

    @Test
    @Tag("DO-16")
    void a_database_is_there_after_an_instance_that_was_idle() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));

        beIdle();

        run(objects, id, context -> assertThat(notes(context)).containsExactly("a"));
    }

    /** What was known of objects is asked for again. */
    private void beIdle() {
        fixture.ticker().advance(Duration.ofSeconds(10));
        fixture.renew();
        fixture.look();
    }

    @Test
    @Tag("DO-03")
    void rows_that_many_add_at_once_are_all_there() {
        var objects = withNotes("one");
        var id = objects.named(ObjectName.of("one"));

        AtOnce.run(100, caller -> () -> {
            for (var i = 0; i < 10; i++) {
                var text = caller + ":" + i;
                run(objects, id, context -> add(context, text));
            }
            return caller;
        });

        run(objects, id, context -> {
            assertThat(notes(context)).hasSize(1_000);
            assertThat(text(context, "pragma quick_check")).isEqualTo("ok");
        });
    }

    @Test
    void each_object_has_a_database_of_its_own() {
        var objects = withNotes("one", "a");
        var other = objects.named(ObjectName.of("other"));

        run(objects, other, context -> {
            assertFails(FailureCode.BAD_REQUEST, () -> notes(context));
            context.sql().run(new SqlScript(TABLE));
            assertThat(notes(context)).isEmpty();
        });
    }

    @Test
    void an_event_that_only_reads_its_database_has_nothing_to_commit() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        fixture.beforeCommit(() -> {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "a commit");
        });

        run(objects, id, context -> assertThat(notes(context)).containsExactly("a"));
        run(objects, id, context -> context.sql().query(Sql.of("update note set text = 'b' where text = 'none'")));

        fixture.beforeCommit(() -> {});
    }

    @Test
    void a_read_sees_the_database_and_writes_nothing_to_it() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));

        read(objects, id, context -> {
            assertThat(notes(context)).containsExactly("a");
            for (var text : List.of(
                    "insert into note (text) values ('b')",
                    "with added as (select 'b' as text) insert into note (text) select text from added",
                    "delete from note",
                    "drop table note",
                    "create table other (a)")) {
                assertFails(FailureCode.UNSUPPORTED, () -> context.sql().query(Sql.of(text)));
                assertFails(FailureCode.UNSUPPORTED, () -> context.sql().run(new SqlScript("select 1; " + text)));
            }
            assertFails(FailureCode.BAD_REQUEST, () -> context.sql().query(Sql.of("insert into none values (1)")));
            assertThat(notes(context)).containsExactly("a");
        });

        run(objects, id, context -> add(context, "b"));
        read(objects, id, context -> assertThat(notes(context)).containsExactly("a", "b"));
    }

    @Test
    @Tag("DO-18")
    void statements_are_judged_and_bounded_as_those_of_other_databases() {
        var objects = withNotes("one");
        var id = objects.named(ObjectName.of("one"));

        run(objects, id, context -> {
            for (var text : List.of(
                    "begin",
                    "commit",
                    "rollback",
                    "savepoint a",
                    "release call",
                    "rollback to call",
                    "attach ':memory:' as other",
                    "vacuum",
                    "vacuum into 'other.db'",
                    "pragma journal_mode = delete",
                    "pragma query_only = 0",
                    "pragma user_version = 1",
                    "create temporary table other (a)",
                    "select load_extension('a')",
                    "select 1; select 2",
                    "")) {
                assertFails(FailureCode.BAD_REQUEST, () -> context.sql().query(Sql.of(text)));
            }
            assertFails(FailureCode.BAD_REQUEST, () -> context.sql().query(Sql.of("select ?")));
            assertFails(
                    FailureCode.TOO_LARGE, () -> context.sql().query(Sql.of("select '" + "x".repeat(100_000) + "'")));
            assertFails(
                    FailureCode.TOO_LARGE,
                    () -> context.sql().query(Sql.of("select zeroblob(?)", SqlValue.of(2_000_001))));
            var values = List.of(
                    SqlValue.of(9_007_199_254_740_993L),
                    SqlValue.of(Long.MIN_VALUE),
                    SqlValue.of(0.1),
                    SqlValue.of("\u00E9\uD83D\uDE00"),
                    SqlValue.of(Bytes.utf8("bytes")),
                    SqlValue.NULL);
            assertThat(context.sql()
                            .query(new Sql("select ?, ?, ?, ?, ?, ?", values))
                            .rows())
                    .containsExactly(values);
            context.sql().run(new SqlScript("create virtual table word using fts5 (text)"));
            context.sql().query(Sql.of("insert into word values ('a needle in hay')"));
        });

        run(
                objects,
                id,
                context -> assertThat(count(context, "select count(*) from word where word match 'needle'"))
                        .isEqualTo(1));
    }

    @Test
    void a_statement_that_fails_takes_back_what_it_did_and_the_event_goes_on() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));

        run(objects, id, context -> {
            add(context, "b");
            for (var text : List.of(
                    "insert into note (text) values ('c'), ('a')",
                    "insert or fail into note (text) values ('c'), ('a')")) {
                assertFails(FailureCode.CONFLICT, () -> context.sql().query(Sql.of(text)));
                assertFails(
                        FailureCode.CONFLICT,
                        () -> context.sql().run(new SqlScript("insert into note (text) values ('d'); " + text)));
            }
            assertThat(notes(context)).containsExactly("a", "b");
            add(context, "e");
        });

        run(objects, id, context -> assertThat(notes(context)).containsExactly("a", "b", "e"));
    }

    @Test
    void an_event_can_only_fail_after_a_statement_that_has_taken_back_all_that_it_wrote() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        var rollsBack = Sql.of("insert or rollback into note (text) values ('a')");

        assertFails(
                FailureCode.CONFLICT,
                () -> run(objects, id, context -> {
                    add(context, "never");
                    context.state().put(KEY, VALUE);
                    assertFails(FailureCode.CONFLICT, () -> context.sql().query(rollsBack));
                    assertFails(FailureCode.CONFLICT, () -> notes(context));
                }));
        run(objects, id, context -> {
            // Nothing was written before the transaction, so nothing is lost.
            assertThatThrownBy(() ->
                            context.state().transaction(() -> context.sql().query(rollsBack)))
                    .isInstanceOf(StorageFailure.Rejected.class);
            assertThat(context.state().get(KEY)).isEmpty();
            add(context, "b");
        });

        run(objects, id, context -> assertThat(notes(context)).containsExactly("a", "b"));
    }

    @Test
    void a_statement_that_lasts_too_long_is_stopped_and_the_object_can_be_asked_again() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        var numbers = "with recursive number(n) as (select 1 union all select n + 1 from number) ";
        for (var endless : List.of(
                numbers + "select max(n) from number", numbers + "insert into note select n + 9, n from number")) {
            var running = CompletableFuture.runAsync(
                    () -> run(objects, id, context -> {
                        add(context, "never");
                        context.sql().query(Sql.of(endless));
                    }),
                    work -> Thread.ofVirtual().start(work));

            while (!running.isDone()) {
                fixture.ticker().advance(Duration.ofSeconds(31));
                Thread.yield();
            }

            assertThatThrownBy(running::join).hasCauseInstanceOf(StorageFailure.Unavailable.class);
            fixture.renew();
            run(objects, id, context -> assertThat(notes(context)).containsExactly("a"));
        }
    }

    @Test
    void a_deferred_constraint_is_looked_at_by_the_commit() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        run(
                objects,
                id,
                context -> context.sql()
                        .query(Sql.of(
                                "create table reply (note integer references note deferrable initially deferred)")));
        var wrong = Sql.of("insert into reply values (9)");

        assertFails(
                FailureCode.CONFLICT,
                () -> run(objects, id, context -> context.sql().query(wrong)));
        run(objects, id, context -> {
            context.sql().query(wrong);
            assertFails(FailureCode.CONFLICT, context::sync);
            context.sql().query(Sql.of("insert into note values (9, 'b')"));
        });

        run(objects, id, context -> {
            assertThat(notes(context)).containsExactly("a", "b");
            assertThat(count(context, "select count(*) from reply")).isEqualTo(1);
        });
    }

    @Test
    @Tag("DO-07")
    void all_that_is_deleted_is_the_database_too() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        run(objects, id, context -> context.state().put(KEY, VALUE));

        assertThatThrownBy(() -> run(objects, id, context -> {
                    context.state().deleteAll();
                    throw ON_PURPOSE;
                }))
                .satisfies(thrownByCode("on purpose"));
        run(objects, id, context -> {
            add(context, "b");
            failing(context.state(), () -> {
                context.state().deleteAll();
                assertFails(FailureCode.BAD_REQUEST, () -> notes(context));
                context.sql().run(new SqlScript(TABLE));
                failing(context.state(), () -> add(context, "never"));
                context.state().deleteAll();
            });
            assertThat(notes(context)).containsExactly("a", "b");
            context.state().deleteAll();
            context.sql().run(new SqlScript(TABLE));
            add(context, "c");
        });
        run(objects, id, context -> {
            assertThat(notes(context)).containsExactly("c");
            assertThat(context.state().list(StateQuery.all())).isEmpty();
            context.state().deleteAll();
        });

        assertThat(objects.list(Optional.empty(), 10).ids()).isEmpty();
        run(objects, id, context -> assertFails(FailureCode.BAD_REQUEST, () -> notes(context)));
    }

    @Test
    @Tag("DO-18")
    void the_limits_of_databases_hold() {
        var objects = withNotes("one", "a");
        var id = objects.named(ObjectName.of("one"));
        run(objects, id, context -> context.sql().run(new SqlScript("create table large (bytes blob)")));
        var large = Sql.of("insert into large values (zeroblob(1900000))");

        assertFails(
                FailureCode.TOO_LARGE,
                () -> run(objects, id, context -> {
                    for (var written = 0; written <= ObjectSql.MOST_BYTES_OF_COMMIT; written += 1_900_000) {
                        context.sql().query(large);
                    }
                }));
        run(objects, id, context -> {
            context.sql().query(large);
            context.sync();
            for (var written = 0; written < 7; written++) {
                context.sql().query(large);
            }
            assertThat(context.sql().size()).isBetween(new ByteSize(15_200_000), new ByteSize(16_000_000));
        });
        run(objects, id, context -> context.sql().run(new SqlScript("delete from large")));
        run(objects, id, context -> context.sql().query(large));

        beIdle();
        fixture.besides(ObjectState.MOST_BYTES_OF_OBJECT);
        assertFails(
                FailureCode.TOO_LARGE,
                () -> run(objects, id, context -> {
                    for (var written = 0; written < 8; written++) {
                        context.sql().query(large);
                    }
                }));
        fixture.besides(0);
        run(
                objects,
                id,
                context ->
                        assertThat(count(context, "select count(*) from large")).isEqualTo(1));
    }

    /** Objects that do what they are sent. */
    private DurableObjects scripted() {
        return objects(() -> (event, context) -> {
            Objects.requireNonNull(steps.get(event.operation())).accept(context);
            return ObjectAnswer.EMPTY;
        });
    }

    private DurableObjects withNotes(String name, String... texts) {
        var objects = scripted();
        run(objects, objects.named(ObjectName.of(name)), context -> {
            context.sql().run(new SqlScript(TABLE));
            for (var text : texts) {
                add(context, text);
            }
        });
        return objects;
    }

    private void run(DurableObjects objects, ObjectId id, Consumer<ObjectContext> step) {
        objects.inTurn(id, event(step));
    }

    private void read(DurableObjects objects, ObjectId id, Consumer<ObjectContext> step) {
        objects.read(id, event(step), Staleness.NONE);
    }

    private ObjectEvent event(Consumer<ObjectContext> step) {
        var name = Long.toString(number.incrementAndGet());
        steps.put(name, step);
        return new ObjectEvent(name);
    }

    private static long add(ObjectContext context, String text) {
        return context.sql()
                .query(Sql.of("insert into note (text) values (?)", SqlValue.of(text)))
                .meta()
                .lastRowId();
    }

    private static List<String> notes(ObjectContext context) {
        return context.sql().query(Sql.of("select text from note order by id")).rows().stream()
                .map(row -> ((SqlValue.Text) row.getFirst()).text())
                .toList();
    }

    private static long count(ObjectContext context, String query) {
        return context.sql().query(Sql.of(query)).rows().getFirst().getFirst() instanceof SqlValue.Whole(var found)
                ? found
                : 0;
    }

    private static String text(ObjectContext context, String query) {
        return ((SqlValue.Text)
                        context.sql().query(Sql.of(query)).rows().getFirst().getFirst())
                .text();
    }

    private static void failing(ObjectState state, Runnable body) {
        assertThatThrownBy(() -> state.transaction(() -> {
                    body.run();
                    throw ON_PURPOSE;
                }))
                .isSameAs(ON_PURPOSE);
    }
}
