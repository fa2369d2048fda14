package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.AtOnce;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteWriterTest {
    private static final SqliteWrite.Patience LONG =
            new SqliteWrite.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final SqliteWrite.Patience NONE = new SqliteWrite.Patience(Duration.ZERO, Duration.ZERO);
    private static final String COUNT = "update counter set value = value + 1 where name = 'probe'";
    private static final String COUNTED = "select value from counter where name = 'probe'";

    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final SqliteFile file = new SqliteFile(directory.path().resolve("test.db"), "io/triport/storage/sqlite");
    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final SqliteWriter writer;

    SqliteWriterTest() {
        file.migrate();
        writer = new SqliteWriter(file, name -> {}, session -> {
            commits.incrementAndGet();
            SqliteWriter.Commit.REAL.run(session);
        });
    }

    @AfterEach
    void close() {
        released.countDown();
        writer.close();
        directory.close();
    }

    @Test
    void a_write_that_waits_while_another_commits_is_done_next() {
        assertThat(count()).isEqualTo(1);
        assertThat(count()).isEqualTo(1);

        assertThat(counted()).isEqualTo(2);
        assertThat(commits).hasValue(2);
    }

    @Test
    void many_writes_at_once_are_all_done_with_fewer_commits() {
        AtOnce.run(64, number -> () -> {
            for (var i = 0; i < 20; i++) {
                count();
            }
            return number;
        });

        assertThat(counted()).isEqualTo(64 * 20);
        assertThat(commits).hasValueLessThan(64 * 20);
    }

    @Test
    void a_write_whose_caller_lost_patience_before_it_began_is_never_done() throws Exception {
        var blocking = block();

        assertFailure(
                FailureCode.OVERLOADED,
                () -> writer.write(transaction -> transaction.session().change(COUNT), NONE));
        released.countDown();
        blocking.get();
        count();

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void a_write_whose_caller_lost_patience_after_it_began_has_an_unknown_outcome() throws Exception {
        var caller = new FutureTask<>(() -> writer.write(this::work, LONG));
        var thread = Thread.startVirtualThread(caller);
        begun.await();

        thread.interrupt();

        assertThatThrownBy(caller::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN));
        released.countDown();
        count();
        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void a_write_from_within_a_unit_on_another_door_is_refused_instead_of_waiting_for_itself() {
        assertThatThrownBy(() -> writer.write(transaction -> count(), LONG)).isInstanceOf(IllegalStateException.class);

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void readers_do_not_wait_for_a_writer() throws Exception {
        count();
        var blocking = block();

        assertThat(counted()).isEqualTo(1);

        released.countDown();
        blocking.get();
        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void a_member_that_fails_takes_nothing_of_the_others_with_it() {
        var failed = AtOnce.run(32, number -> () -> number % 4 == 0 ? failing() : count());

        assertThat(failed).filteredOn(changed -> changed == 0).hasSize(8);
        assertThat(counted()).isEqualTo(24);
    }

    @Test
    void nothing_is_written_behind_a_member_after_which_nobody_knows_what_is_on_the_disk() throws Exception {
        var blocking = block();
        var breaking = queued(() -> writer.write(SqliteWriterTest::breakDisk, LONG));
        var behind = queued(this::count);

        released.countDown();

        assertThat(blocking.get()).isEqualTo(1);
        assertUnavailable(breaking);
        assertUnavailable(behind);
        assertThat(counted()).isEqualTo(1);
    }

    /** What SQLite does by itself after some errors of the disk: its transaction is gone, and the savepoints with it. */
    private static int breakDisk(SqliteTransaction transaction) {
        transaction.session().change("rollback");
        throw SqliteFailures.of(new SQLiteException("write", SQLiteErrorCode.SQLITE_IOERR_WRITE));
    }

    private static FutureTask<Integer> queued(Callable<Integer> write) {
        var task = new FutureTask<>(write);
        var thread = Thread.ofPlatform().start(task);
        while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static void assertUnavailable(FutureTask<Integer> write) {
        assertThatThrownBy(write::get)
                .cause()
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE));
    }

    @Test
    void closing_waits_for_the_writes_that_wait() {
        var write = new FutureTask<>(() -> writer.write(this::work, LONG));
        Thread.startVirtualThread(write);

        var closing = CompletableFuture.runAsync(() -> {
            awaitBegun();
            writer.close();
        });
        released.countDown();
        closing.join();

        assertThat(write).succeedsWithin(Duration.ofMinutes(1));
        assertThat(counted()).isEqualTo(1);
    }

    private FutureTask<Integer> block() throws InterruptedException {
        var blocking = new FutureTask<>(() -> writer.write(this::work, LONG));
        Thread.startVirtualThread(blocking);
        begun.await();
        return blocking;
    }

    private int work(SqliteTransaction transaction) {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return transaction.session().change(COUNT);
    }

    private void awaitBegun() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int count() {
        return writer.write(transaction -> transaction.session().change(COUNT), LONG);
    }

    private int failing() {
        try {
            return writer.write(
                    transaction -> {
                        transaction.session().change(COUNT);
                        throw new IllegalStateException("broken");
                    },
                    LONG);
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    private long counted() {
        try (var reader = file.reader()) {
            return reader.first(COUNTED, row -> row.getLong(1)).orElseThrow();
        }
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
