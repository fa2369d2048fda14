package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What happens when the disk does not do what it should. */
final class SqliteFailureTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");
    private static final Bytes LARGE = Bytes.copyOf(new byte[100_000]);

    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final AtomicReference<Consumer<SqliteSession>> beforeCommit = new AtomicReference<>(session -> {});
    private final AtomicReference<Optional<IOException>> syncFailure = new AtomicReference<>(Optional.empty());
    private final AtomicInteger seed = new AtomicInteger();
    private Sqlite sqlite = open();

    SqliteFailureTest() {
        sqlite.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        sqlite.close();
        directory.close();
    }

    @Test
    void a_commit_that_fails_to_reach_the_disk_is_the_last_until_a_restart() {
        put("before");
        beforeCommit.set(session -> {
            throw SqliteFailures.of(new SQLiteException("fsync", SQLiteErrorCode.SQLITE_IOERR_FSYNC));
        });

        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> put("lost"));
        beforeCommit.set(session -> {});

        assertFailure(FailureCode.UNAVAILABLE, () -> put("later"));
        assertThat(sqlite.health().answers()).isFalse();
        assertThat(value()).isEqualTo("before");
        assertThatThrownBy(() ->
                        sqlite.credentials().save(new StoredCredential(new CredentialId("a"), Bytes.utf8("sealed"))))
                .isInstanceOf(IdentityStateUnavailable.class);
        reopen();
        assertThat(sqlite.health().answers()).isTrue();
        put("after");
        assertThat(value()).isEqualTo("after");
    }

    @Test
    void files_of_a_commit_with_unknown_outcome_stay_until_recovery_has_judged() {
        beforeCommit.set(session -> {
            throw SqliteFailures.of(new SQLiteException("fsync", SQLiteErrorCode.SQLITE_IOERR_FSYNC));
        });

        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> store().put(KEY, KvEntry.of(LARGE), KvCondition.ANY));

        assertThat(blobs()).hasSize(1);
        reopen();
        assertThat(blobs()).isEmpty();
    }

    @Test
    void a_full_disk_refuses_writes_and_reads_go_on_and_writes_resume_without_a_restart() {
        var limit = new AtomicReference<>("1");
        put("before");
        beforeCommit.set(session -> session.first("pragma max_page_count = " + limit.get(), row -> row.getLong(1)));
        put("the limit is in force from the next write on");

        assertFailure(FailureCode.FULL, () -> store().putMany(manyPairs()));
        assertFailure(FailureCode.FULL, () -> store().putMany(manyPairs()));
        assertThat(value()).isEqualTo("the limit is in force from the next write on");
        assertThat(store().list(KvQuery.all()).keys()).hasSize(1);
        limit.set("1000000");
        store().delete(KEY);

        assertThat(store().putMany(manyPairs()).done()).isEqualTo(200);
        assertThat(sqlite.health().answers()).isTrue();
    }

    @Test
    void on_a_full_disk_a_key_goes_and_is_told_of_where_nothing_is_kept_of_it() {
        var limit = new AtomicReference<>("1000000");
        var engine = sqlite.engine(TestRepositories::get);
        beforeCommit.set(session -> session.first("pragma max_page_count = " + limit.get(), row -> row.getLong(1)));
        store().put(KEY, KvEntry.of(Bytes.copyOf(new byte[60_000])), KvCondition.ANY);
        limit.set("1");
        store().put(KvKey.of("b"), KvEntry.of("the limit is in force from the next write on"), KvCondition.ANY);

        assertFailure(
                FailureCode.FULL,
                () -> engine.together(unit -> {
                    keepAndDelete(unit);
                    return KEY;
                }));
        assertThat(store().get(KEY)).isPresent();
        engine.together(unit -> {
            assertThat(unit.keyValue(CACHE).delete(KEY)).isTrue();
            unit.tables().auditTrail().append(List.of(told(unit)));
            return KEY;
        });

        assertThat(store().get(KEY)).isEmpty();
        assertThat(engine.tables().keyHistory().versions(CACHE, KEY, Long.MAX_VALUE, 1))
                .isEmpty();
    }

    private static void keepAndDelete(StorageEngine unit) {
        var present = unit.keyValue(CACHE).get(KEY).orElseThrow();
        unit.tables()
                .keyHistory()
                .keep(
                        CACHE,
                        List.of(new KeptVersion(
                                0, KEY, present, KeyLabels.NONE, "delete", "ann", Instant.EPOCH, Instant.MAX)));
        unit.keyValue(CACHE).delete(KEY);
    }

    private static AuditEntry told(StorageEngine unit) {
        var place = AuditPlace.of(unit.resources().find(CACHE).orElseThrow().id(), KEY);
        var request = new RequestId("00000000-0000-7000-8000-000000000000");
        return new AuditEntry(
                place, "delete", "ann", AuditEntry.Source.API, request, Instant.EPOCH, new JsonText("{}"));
    }

    @Test
    void a_write_that_broke_the_transaction_takes_no_later_write_with_it() {
        var limit = new AtomicReference<>("1");
        beforeCommit.set(session -> session.first("pragma max_page_count = " + limit.get(), row -> row.getLong(1)));
        put("small");

        var outcomes = AtOnce.run(8, number -> () -> number % 2 == 0 ? tryFilling() : tryDeleting(number));

        assertThat(outcomes)
                .containsExactly(
                        "refused", "deleted", "refused", "deleted", "refused", "deleted", "refused", "deleted");
    }

    @Test
    void a_delete_is_not_refused_because_of_a_neighbour_that_found_no_room() throws Exception {
        var limit = new AtomicReference<>("1");
        put("goes");
        beforeCommit.set(session -> session.first("pragma max_page_count = " + limit.get(), row -> row.getLong(1)));
        put("the limit is in force from the next write on");

        List<FutureTask<String>> together;
        try (var held = new HeldWriter()) {
            together = List.of(
                    held.queued(this::tryFilling),
                    held.queued(() -> "" + store().delete(KEY)),
                    held.queued(this::tryFilling));
        }

        assertThat(List.of(
                        together.get(0).get(),
                        together.get(1).get(),
                        together.get(2).get()))
                .containsExactly("refused", "true", "refused");
        assertThat(store().get(KEY)).isEmpty();
    }

    @Test
    void writes_that_were_taken_back_with_another_are_done_again_with_their_files() throws Exception {
        putLarge(KEY);
        var commits = new AtomicInteger();
        beforeCommit.set(session -> {
            // The first is that of whoever held the writer, the second that of the group.
            if (commits.incrementAndGet() == 2) {
                throw SqliteFailures.of(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL));
            }
        });

        List<FutureTask<String>> together;
        try (var held = new HeldWriter()) {
            together = List.of(
                    held.queued(() -> {
                        putLarge(KvKey.of("b"));
                        return "put";
                    }),
                    held.queued(() -> sqlite.engine().together(unit -> {
                        unit.keyValue(CACHE).put(KvKey.of("c"), KvEntry.of(LARGE), KvCondition.ANY);
                        return "unit";
                    })),
                    held.queued(() -> "" + store().delete(KEY)));
        }

        assertThat(List.of(
                        together.get(0).get(),
                        together.get(1).get(),
                        together.get(2).get()))
                .containsExactly("put", "unit", "true");
        assertThat(commits).hasValue(5);
        assertThat(store().get(KvKey.of("b")).orElseThrow().value()).isEqualTo(LARGE);
        assertThat(store().get(KvKey.of("c")).orElseThrow().value()).isEqualTo(LARGE);
        // What is written next comes after all that was to be done about the group.
        put("next");
        assertThat(blobs()).hasSize(2);
    }

    @Test
    void a_write_for_which_there_is_no_room_leaves_no_file_however_often_it_was_tried() throws Exception {
        put("before");
        var holding = new AtomicBoolean(true);
        beforeCommit.set(session -> {
            if (!holding.getAndSet(false)) {
                throw SqliteFailures.of(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL));
            }
        });

        List<FutureTask<String>> together;
        try (var held = new HeldWriter()) {
            together = List.of(held.queued(this::tryLarge), held.queued(this::tryLarge));
        }

        assertThat(List.of(together.get(0).get(), together.get(1).get())).containsOnly("refused");
        assertThat(blobs()).isEmpty();
        assertThat(value()).isEqualTo("before");
    }

    private String tryLarge() {
        try {
            putLarge(KEY);
            return "put";
        } catch (StorageFailure.Unavailable e) {
            return e.code() == FailureCode.FULL ? "refused" : e.code().name();
        }
    }

    /** Keeps the writer busy, so that what is written meanwhile is one group. */
    private final class HeldWriter implements AutoCloseable {
        private final CountDownLatch released = new CountDownLatch(1);
        private final FutureTask<String> holding;

        private HeldWriter() throws InterruptedException {
            var begun = new CountDownLatch(1);
            holding = new FutureTask<>(() -> sqlite.engine().together(unit -> {
                begun.countDown();
                return held();
            }));
            Thread.ofPlatform().start(holding);
            begun.await();
        }

        private String held() {
            try {
                released.await();
                return "held";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Returns when the write waits for the writer. */
        private FutureTask<String> queued(Callable<String> write) {
            var task = new FutureTask<>(write);
            var thread = Thread.ofPlatform().start(task);
            while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
                Thread.onSpinWait();
            }
            return task;
        }

        @Override
        public void close() {
            released.countDown();
            try {
                holding.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void a_file_that_does_not_reach_the_disk_refuses_its_put_and_leaves_the_old_value() {
        put("old");
        syncFailure.set(Optional.of(new IOException("fsync")));

        assertFailure(FailureCode.UNAVAILABLE, () -> store().put(KEY, KvEntry.of(LARGE), KvCondition.ANY));

        assertThat(blobs()).isEmpty();
        assertThat(value()).isEqualTo("old");
        syncFailure.set(Optional.empty());
        store().put(KEY, KvEntry.of(LARGE), KvCondition.ANY);
        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(LARGE);
    }

    @Test
    void a_file_for_which_there_is_no_room_is_refused_as_on_a_full_disk() {
        put("old");
        syncFailure.set(Optional.of(new IOException("No space left on device")));

        assertFailure(FailureCode.FULL, () -> store().put(KEY, KvEntry.of(LARGE), KvCondition.ANY));

        assertThat(value()).isEqualTo("old");
    }

    @Test
    void a_row_that_was_altered_is_corrupt_and_never_data() {
        put("value");

        alter("update entry set value = x'00'");
        assertFailure(FailureCode.CORRUPT, () -> store().get(KEY));
        assertFailure(FailureCode.CORRUPT, () -> store().getMany(List.of(KEY), KvRead.FRESH));

        put("value");
        alter("update entry set metadata = x'7b7d'");
        assertFailure(FailureCode.CORRUPT, () -> store().get(KEY));
    }

    @Test
    void a_row_that_took_the_place_of_another_is_corrupt() {
        put("value");

        alter("update entry set key = x'62'");

        assertFailure(FailureCode.CORRUPT, () -> store().get(KvKey.of("b")));
    }

    @Test
    void a_file_that_was_altered_or_cut_or_lost_is_corrupt() throws IOException {
        store().put(KEY, KvEntry.of(LARGE), KvCondition.ANY);
        var file = blobs().getFirst();
        var altered = LARGE.toByteArray();
        altered[50_000] = 1;

        Files.write(file, altered);
        assertFailure(FailureCode.CORRUPT, () -> store().get(KEY));
        Files.write(file, LARGE.slice(0, 99_999).toByteArray());
        assertFailure(FailureCode.CORRUPT, () -> store().get(KEY));
        Files.delete(file);
        assertFailure(FailureCode.CORRUPT, () -> store().get(KEY));
        assertFailure(FailureCode.CORRUPT, () -> store().getMany(List.of(KEY), KvRead.FRESH));

        put("anew");
        assertThat(value()).isEqualTo("anew");
    }

    @Test
    void a_file_goes_when_no_row_names_it() {
        putLarge(KEY);
        putLarge(KEY);
        assertThat(blobs()).hasSize(1);

        put("small");
        assertThat(blobs()).isEmpty();
        putLarge(KEY);
        store().delete(KEY);
        assertThat(blobs()).isEmpty();
        putLarge(KEY);
        store().deleteMany(List.of(KEY));

        assertThat(blobs()).isEmpty();
    }

    @Test
    void files_of_a_dropped_namespace_go_when_its_space_is_reclaimed() {
        putLarge(KEY);
        putLarge(KvKey.of("b"));
        var catalogue = sqlite.engine().resources();

        catalogue.drop(catalogue.find(CACHE).orElseThrow().id());
        assertThat(List.of(catalogue.reclaim(1), catalogue.reclaim(1), catalogue.reclaim(1)))
                .containsExactly(1, 1, 0);

        assertThat(blobs()).isEmpty();
    }

    @Test
    void a_put_that_has_no_effect_leaves_no_file() {
        put("present");

        store().put(KEY, KvEntry.of(LARGE), KvCondition.IF_ABSENT);
        assertFailure(
                FailureCode.NOT_FOUND,
                () -> sqlite.engine()
                        .keyValue(new NamespaceTitle("none"))
                        .put(KEY, KvEntry.of(LARGE), KvCondition.ANY));
        assertThatThrownBy(() -> sqlite.engine().together(inner -> {
                    inner.keyValue(CACHE).put(KEY, KvEntry.of(LARGE), KvCondition.ANY);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(blobs()).isEmpty();
        assertThat(value()).isEqualTo("present");
    }

    @Test
    void a_unit_that_fails_keeps_the_file_that_it_would_have_replaced() {
        putLarge(KEY);

        assertThatThrownBy(() -> sqlite.engine().together(inner -> {
                    inner.keyValue(CACHE).delete(KEY);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(LARGE);
    }

    @Test
    void files_that_no_row_names_are_collected_at_the_start() throws IOException {
        putLarge(KEY);
        sqlite.close();
        Files.writeString(directory.path().resolve("blobs").resolve("0".repeat(32)), "orphan");
        Files.writeString(directory.path().resolve("blobs").resolve("1".repeat(32) + ".tmp"), "unfinished");

        sqlite = open();

        assertThat(blobs()).hasSize(1);
        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(LARGE);
    }

    @Test
    void a_file_that_is_no_database_stops_the_start() throws IOException {
        sqlite.close();
        for (var name : List.of("triport.db", "triport.db-wal", "triport.db-shm")) {
            Files.deleteIfExists(directory.path().resolve(name));
        }
        Files.writeString(
                directory.path().resolve("triport.db"), "not a database, but long enough to be looked at ".repeat(99));

        assertThatThrownBy(this::open).isInstanceOf(RuntimeException.class);
        Files.delete(directory.path().resolve("triport.db"));
        sqlite = open();
        assertThat(sqlite.health().answers()).isTrue();
    }

    @Test
    void a_directory_belongs_to_one_opener() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageFailure.Unavailable.class)
                .hasMessageContaining("triport.lock")
                .hasMessageNotContaining("\n");

        reopen();
        assertThat(sqlite.health().answers()).isTrue();
    }

    /** The system forgets the locks of a process that opens and closes what it has locked once more. */
    @Test
    void it_still_does_when_its_own_process_asked_for_it_twice() throws Exception {
        assertThatThrownBy(this::open).isInstanceOf(StorageFailure.Unavailable.class);

        assertThat(LockTrial.inAnotherProcess(directory.path().resolve("triport.lock")))
                .isEqualTo("held");
        sqlite.close();
        assertThat(LockTrial.inAnotherProcess(directory.path().resolve("triport.lock")))
                .isEqualTo("free");
    }

    @Test
    void a_closed_engine_refuses() {
        sqlite.close();

        assertFailure(FailureCode.UNAVAILABLE, () -> put("late"));
        assertThat(sqlite.health().answers()).isFalse();
    }

    private Sqlite open() {
        return Sqlite.open(
                directory.path(),
                SettableClock.anywhere(),
                new SeededRandomness(seed.incrementAndGet()),
                channel -> {
                    if (syncFailure.get().isPresent()) {
                        throw syncFailure.get().get();
                    }
                    BlobFiles.FileSync.REAL.force(channel);
                },
                session -> {
                    beforeCommit.get().accept(session);
                    SqliteWriter.Commit.REAL.run(session);
                });
    }

    private void reopen() {
        sqlite.close();
        beforeCommit.set(session -> {});
        sqlite = open();
    }

    private KeyValueStore store() {
        return sqlite.engine().keyValue(CACHE);
    }

    private void put(String value) {
        store().put(KEY, KvEntry.of(value), KvCondition.ANY);
    }

    private void putLarge(KvKey key) {
        store().put(key, KvEntry.of(LARGE), KvCondition.ANY);
    }

    private String value() {
        return store().get(KEY).orElseThrow().value().toUtf8();
    }

    private String tryFilling() {
        try {
            return "filled " + store().putMany(manyPairs()).done();
        } catch (StorageFailure.Unavailable e) {
            assertThat(e.code()).isEqualTo(FailureCode.FULL);
            return "refused";
        }
    }

    private String tryDeleting(int number) {
        try {
            store().delete(KvKey.of("k" + number));
            return "deleted";
        } catch (StorageFailure.Unavailable e) {
            return e.code().name();
        }
    }

    private static List<KvPair> manyPairs() {
        return java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> new KvPair(KvKey.of("many/" + i), KvEntry.of("v".repeat(5_000))))
                .toList();
    }

    private List<Path> blobs() {
        try (var files = Files.list(directory.path().resolve("blobs"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void alter(String sql) {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.path().resolve("triport.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
