package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageCall;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into databases. */
final class GrantedSqlTest {
    private static final DatabaseName ORDERS = new DatabaseName("orders");
    private static final DatabaseName OTHER = new DatabaseName("other");
    private static final Sql SELECT = Sql.of("select 1");
    private static final Sql RUNAWAY =
            Sql.of("with recursive r(i) as (select 1 union all select i + 1 from r) select count(*) from r");

    /** No test depends on it: it only ends one that would hang. */
    private static final int MOST_LOOKS = 30_000;

    private static final Sql CREATE = Sql.of("create table t (v)");

    private final SqlFilesFixture files = new SqlFilesFixture();
    private final TestGrants grants = new TestGrants(files.clock());
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final Storage storage =
            new Storage(new FakeStorageEngine(files.clock()), beside(), files.clock(), new SettableTicker(), calls);

    @BeforeEach
    void create() {
        files.databases().catalogue().create(ORDERS);
        files.databases().catalogue().create(OTHER);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void a_grant_to_read_does_not_write_and_one_to_write_does_both() {
        var reading = storage.sql(of(Action.SQL_QUERY), ORDERS);
        var writing = storage.sql(of(Action.SQL_WRITE), ORDERS);

        assertDenied(() -> reading.query(CREATE));
        assertDenied(() -> reading.batch(List.of(SELECT, CREATE)));
        assertDenied(() -> reading.run(new SqlScript("create table t (v)")));
        assertDenied(() -> reading.session(new SessionStart.FirstPrimary()).query(CREATE));
        writing.query(CREATE);

        assertThat(reading.query(SELECT).rows()).hasSize(1);
        assertThat(writing.query(SELECT).rows()).hasSize(1);
        assertThat(reading.info().tables()).isEqualTo(1);
        reading.archive().export(SqlExtent.ALL).content().close();
        assertDenied(() -> reading.archive().load(Content.of(Bytes.utf8("select 1"))));
        var bookmark = reading.archive().at(files.clock().instant());
        assertDenied(() -> reading.archive().restore(bookmark));
        assertThat(writing.archive().restore(bookmark).undo()).isEqualTo(bookmark);
        writing.archive().load(Content.of(Bytes.utf8("drop table t")));
        assertThat(reading.info().tables()).isZero();
    }

    @Test
    void a_grant_of_anything_else_opens_nothing() {
        assertDenied(() -> storage.sql(of(Action.KV_GET), ORDERS));
        assertDenied(() -> storage.sql(of(Action.DATABASE_FIND), ORDERS));
        assertDenied(() -> storage.sql(of(Action.SQL_QUERY), OTHER));
        assertDenied(() -> storage.sql(of(Action.SQL_QUERY), new DatabaseName("third")));
        assertThatThrownBy(() -> storage.sql(grants.ofEverything(), new DatabaseName("third")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_grant_with_a_key_prefix_opens_no_database() {
        assertDenied(() -> storage.sql(grants.ofPrefix(ORDERS.text(), KeyPrefix.of("a")), ORDERS));
        storage.sql(grants.ofPrefix(ORDERS.text(), KeyPrefix.EVERY), ORDERS).query(SELECT);
    }

    @Test
    void a_grant_that_has_ended_is_of_no_use() {
        var closed = grants.ofEverything();
        var database = storage.sql(closed, ORDERS);
        var session = database.session(new SessionStart.FirstPrimary());
        var archive = database.archive();
        var bookmark = database.bookmark();
        closed.close();
        var late = grants.ofEverything();
        var other = storage.sql(late, ORDERS);
        files.clock().advance(Duration.ofHours(2));

        for (var ended : List.of(database, session, other)) {
            assertDenied(() -> ended.query(SELECT));
            assertDenied(() -> ended.batch(List.of(SELECT)));
            assertDenied(() -> ended.run(new SqlScript("select 1")));
            assertDenied(() -> ended.session(new SessionStart.FirstPrimary()));
            assertDenied(ended::bookmark);
            assertDenied(ended::info);
            assertDenied(ended::archive);
        }
        assertDenied(() -> archive.at(files.clock().instant()));
        assertDenied(() -> archive.restore(bookmark));
        assertDenied(() -> storage.sql(late, ORDERS));
    }

    @Test
    void calls_about_states_are_told_with_their_bookmarks() {
        var database = storage.sql(grants.ofEverything(), ORDERS);

        var found = database.archive().at(files.clock().instant());
        var restored = database.archive().restore(found);

        assertThat(calls.calls())
                .extracting(call -> call.operation() + " " + call.result())
                .containsExactly(
                        "at " + new StorageCall.Done("bookmark", found.text()),
                        "restore "
                                + new StorageCall.Done(
                                        "bookmark", restored.bookmark().text()));
    }

    @Test
    void databases_outside_of_the_grant_do_not_exist_for_it() {
        var finding = storage.databases(of(Action.DATABASE_FIND));
        var all = storage.databases(grants.ofEverything());
        var other = all.find(OTHER).orElseThrow();

        assertThat(finding.databases()).extracting(found -> found.name()).containsExactly(ORDERS);
        assertThat(finding.find(other.id())).isEmpty();
        assertThat(finding.drop(other.id())).isFalse();
        assertDenied(() -> finding.find(OTHER));
        assertDenied(() -> finding.create(new DatabaseName("third")));
        assertDenied(() -> finding.drop(finding.find(ORDERS).orElseThrow().id()));
        assertThat(all.databases()).hasSize(2);
    }

    @Test
    void databases_are_not_open_within_a_unit() {
        var grant = grants.ofEverything();

        assertUnsupported(() -> storage.together(grant, inner -> inner.sql(grant, ORDERS)));
        assertUnsupported(() -> storage.together(grant, inner -> inner.databases(grant)));
    }

    @Test
    void calls_are_told_without_their_statements() {
        var database = storage.sql(grants.ofEverything(), ORDERS);

        database.query(Sql.of("select ?, 1", SqlValue.of("abc")));
        database.batch(List.of(SELECT, SELECT));
        database.run(new SqlScript("create table t (v); insert into t values (1)"));

        assertThat(calls.calls()).extracting(StorageCall::port).containsOnly(StoragePort.SQL);
        assertThat(calls.calls()).extracting(StorageCall::resource).containsOnly("orders");
        assertThat(calls.calls())
                .extracting(call -> call.operation() + " " + call.result())
                .containsExactly(
                        "query " + new StorageCall.Done("rows", "1", new StorageCall.Moved(3, 11)),
                        "batch " + new StorageCall.Done("statements", "2", new StorageCall.Moved(0, 16)),
                        "run " + new StorageCall.Done("written", "1", new StorageCall.Moved(44, 0)));
    }

    @Test
    void a_statement_that_its_request_waits_for_no_longer_is_stopped() {
        var ticker = new SettableTicker();
        var deadlines = new CallDeadlines(CallDeadlines.USUAL, ticker);
        var waiting = new Storage(
                new FakeStorageEngine(files.clock()),
                beside(),
                new Storage.Means(files.clock(), ticker, calls, deadlines));
        Runnable later = () -> {
            ticker.advance(CallDeadlines.USUAL);
            deadlines.look();
        };

        assertThat(failure(() -> waiting.sql(of(Action.SQL_QUERY), ORDERS).query(RUNAWAY), later))
                .isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure(() -> waiting.sql(of(Action.SQL_WRITE), ORDERS).query(RUNAWAY), later))
                .isEqualTo(FailureCode.OUTCOME_UNKNOWN);

        // It would wait for statements that go on.
        files.reopen();
        assertThat(files.databases()
                        .open(ORDERS, SqlAccess.WRITE)
                        .orElseThrow()
                        .query(SELECT)
                        .rows())
                .hasSize(1);
    }

    private static FailureCode failure(Runnable call, Runnable later) {
        var running = CompletableFuture.runAsync(call);
        for (var look = 0; look < MOST_LOOKS; look++) {
            try {
                running.get(2, TimeUnit.MILLISECONDS);
                throw new AssertionError("the call has come to its end");
            } catch (TimeoutException e) {
                later.run();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StorageFailure failure) {
                    return failure.code();
                }
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("the call hangs");
    }

    private Storage.Beside beside() {
        return Storage.Beside.NOTHING.withDatabases(files.databases());
    }

    private Grant of(Action action) {
        return grants.of(
                "one",
                new Permission(
                        Set.of(action), Set.of(ResourcePattern.exactly(ORDERS.text())), Set.of(KeyPrefix.EVERY)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }

    private static void assertUnsupported(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }
}
