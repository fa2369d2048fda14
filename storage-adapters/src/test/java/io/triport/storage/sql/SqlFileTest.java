package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlValue;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What becomes of files. */
final class SqlFileTest {
    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final Sql COUNT = Sql.of("select count(*) from t");

    @Test
    void after_a_commit_that_may_have_failed_nothing_is_written_before_a_restart() {
        var fails = new AtomicBoolean();
        try (var files = new SqlFilesFixture(SqlLimits.USUAL, connection -> {
            if (fails.get()) {
                throw new SQLiteException("not synced", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
            }
            connection.change("commit");
        })) {
            var database = table(files);
            fails.set(true);

            assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> database.query(insert(1)));
            fails.set(false);
            assertFailure(FailureCode.UNAVAILABLE, () -> database.query(insert(2)));
            assertThat(database.query(COUNT).rows()).hasSize(1);

            files.reopen();
            opened(files).query(insert(3));
        }
    }

    @Test
    void a_commit_that_fails_and_leaves_nothing_is_the_only_one() {
        var fails = new AtomicBoolean();
        try (var files = new SqlFilesFixture(SqlLimits.USUAL, connection -> {
            if (fails.getAndSet(false)) {
                throw new SQLiteException("no room", SQLiteErrorCode.SQLITE_FULL);
            }
            connection.change("commit");
        })) {
            var database = table(files);
            fails.set(true);

            assertFailure(FailureCode.FULL, () -> database.query(insert(1)));
            database.query(insert(2));

            assertThat(database.query(COUNT).rows()).containsExactly(List.of(SqlValue.of(1)));
        }
    }

    @Test
    void a_database_that_is_as_large_as_it_may_be_takes_less_again() {
        try (var files = new SqlFilesFixture(limited(), SqlFile.Commit.REAL)) {
            var database = table(files);
            var large = Sql.of("insert into t values (?)", SqlValue.of(Bytes.copyOf(new byte[200_000])));

            assertFailure(FailureCode.FULL, () -> database.query(large));
            database.query(insert(1));

            assertThat(database.query(COUNT).rows()).containsExactly(List.of(SqlValue.of(1)));
            assertThat(database.info().size()).isLessThanOrEqualTo(new ByteSize(100_000));
        }
    }

    @Test
    void an_import_that_is_too_large_is_not_done() {
        try (var files = new SqlFilesFixture(limited(), SqlFile.Commit.REAL)) {
            var database = table(files);
            var body = GeneratedContent.zeros(2_000, 100);

            assertFailure(FailureCode.TOO_LARGE, () -> database.archive().load(body));
        }
    }

    @Test
    void a_long_log_is_moved_into_the_file() throws IOException {
        try (var files = new SqlFilesFixture()) {
            var database = table(files);
            var file = files.directory().resolve(database.info().database().id() + ".db");
            for (var i = 0; i < 8; i++) {
                database.query(Sql.of("insert into t values (?)", SqlValue.of(Bytes.copyOf(new byte[1_000_000]))));
            }

            assertThat(Files.size(file)).isGreaterThan(4_000_000);
        }
    }

    @Test
    void a_database_that_is_dropped_leaves_no_file_and_archives_leave_none() throws IOException {
        try (var files = new SqlFilesFixture()) {
            var database = table(files);
            database.archive().export(SqlExtent.ALL).content().close();
            GeneratedContent.read(database.archive().export(SqlExtent.ALL).content());
            assertFailure(FailureCode.BAD_REQUEST, () -> database.archive().load(GeneratedContent.zeros(1_000, 100)));
            assertThat(names(files)).noneMatch(name -> name.startsWith("archive-"));

            files.databases().catalogue().drop(database.info().database().id());

            assertThat(names(files)).allMatch(name -> name.startsWith("databases.db"));
        }
    }

    @Test
    void what_an_archive_has_left_is_removed_at_the_start() throws IOException {
        try (var files = new SqlFilesFixture()) {
            Files.createFile(files.directory().resolve("archive-1.tmp"));

            files.reopen();

            assertThat(names(files)).noneMatch(name -> name.startsWith("archive-"));
        }
    }

    @Test
    void a_database_that_is_closed_says_so() {
        try (var files = new SqlFilesFixture()) {
            var database = table(files);

            files.reopen();

            assertFailure(FailureCode.UNAVAILABLE, () -> database.query(COUNT));
            assertFailure(FailureCode.UNAVAILABLE, () -> database.query(insert(1)));
            assertThat(opened(files).query(COUNT).rows()).hasSize(1);
        }
    }

    private static SqlLimits limited() {
        return new SqlLimits(
                100_000,
                100,
                100,
                2_000_000,
                50,
                32,
                ByteSize.ofMiB(1),
                Duration.ofSeconds(30),
                new ByteSize(100_000),
                new ByteSize(1_000),
                Duration.ofDays(7));
    }

    private static List<String> names(SqlFilesFixture files) throws IOException {
        try (var all = Files.list(files.directory())) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static SqlDatabase table(SqlFilesFixture files) {
        files.databases().catalogue().create(NAME);
        var database = opened(files);
        database.query(Sql.of("create table t (v)"));
        return database;
    }

    private static SqlDatabase opened(SqlFilesFixture files) {
        return files.databases().open(NAME, SqlAccess.WRITE).orElseThrow();
    }

    private static Sql insert(int value) {
        return Sql.of("insert into t values (?)", SqlValue.of(value));
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
