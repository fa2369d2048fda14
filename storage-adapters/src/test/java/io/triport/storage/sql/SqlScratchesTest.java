package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.ScratchDatabase;
import io.triport.storage.durable.ScratchDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlScratchesTest {
    private static final Sql COUNT = Sql.of("select count(*) from note");

    @TempDir
    private Path directory;

    private final NavigableMap<Integer, Bytes> kept = new TreeMap<>();
    private final List<ScratchDatabases> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(ScratchDatabases::close);
    }

    @Test
    void a_database_is_made_of_the_pages_that_its_commits_have_changed() {
        var databases = databases();
        var first = open(databases);
        write(first, "create table note (text text); insert into note values ('a'), ('b')");
        write(first, "insert into note select hex(zeroblob(3000)) from note, note, note");
        // Pages that are free and were never written are kept nowhere.
        write(first, "create table large (b blob); insert into large values (zeroblob(100000)); drop table large");
        first.close();

        var second = open(databases);

        assertThat(number(second, COUNT)).isEqualTo(10);
        assertThat(second.query(Sql.of("pragma quick_check"), SqlAccess.READ).rows())
                .containsExactly(List.of(SqlValue.of("ok")));
        assertThat(second.commit()).isEqualTo(PageChanges.NONE);
        write(second, "delete from note");
        second.close();
        assertThat(number(open(databases), COUNT)).isZero();
    }

    @Test
    void a_long_log_is_moved_and_nothing_is_lost() throws IOException {
        var databases = databases();
        var database = open(databases);
        write(database, "create table note (text text)");
        var longest = 0L;

        for (var i = 0; i < 1_500; i++) {
            write(database, "insert into note values ('" + "x".repeat(500) + "')");
            longest = Math.max(longest, size(".db-wal"));
        }

        assertThat(longest).isLessThan(8L * 1024 * 1024);
        assertThat(number(database, COUNT)).isEqualTo(1_500);
        database.close();
        assertThat(number(open(databases), COUNT)).isEqualTo(1_500);
    }

    @Test
    void nothing_is_left_of_a_database_that_was_closed_nor_of_a_process_that_did_not_end_well() throws IOException {
        Files.createDirectories(directory.resolve("1"));
        Files.writeString(directory.resolve("1").resolve("1.db"), "what a killed process has left");

        var database = open(databases());
        write(database, "create table note (text text)");
        assertThat(number(database, COUNT)).isZero();
        database.close();

        assertThat(files()).allMatch(file -> file.endsWith(".lock"));
    }

    @Test
    void a_database_can_be_closed_twice_and_is_of_no_use_then() {
        var databases = databases();
        var database = open(databases);

        database.close();
        database.close();

        assertFails(FailureCode.UNAVAILABLE, () -> number(database, Sql.of("select 1")));
        assertThat(databases.crowded()).isFalse();
    }

    @Test
    void more_than_a_declared_number_of_databases_is_refused_and_many_are_a_crowd() {
        var databases = databases();
        var all = new ArrayList<ScratchDatabase>();
        for (var i = 0; i < SqlScratches.MANY; i++) {
            all.add(open(databases));
        }
        assertThat(databases.crowded()).isFalse();
        for (var i = SqlScratches.MANY; i < SqlScratches.MOST_OPEN; i++) {
            all.add(open(databases));
        }

        assertThat(databases.crowded()).isTrue();
        assertFails(FailureCode.OVERLOADED, () -> open(databases));
        all.removeLast().close();
        assertThat(number(open(databases), Sql.of("select 1"))).isEqualTo(1);
    }

    @Test
    void a_database_does_not_grow_beyond_its_bound() {
        var connector = new SqlConnector(directory.resolve("small.db"), SqlLimits.USUAL, Duration.ZERO);
        var all = new SqlScratches(directory, SqlLimits.USUAL, new SqlThreads(Ticker.system(), Duration.ZERO));
        opened.add(all);
        try (var small = new SqlScratch(all, connector, connector.scratch(10 * WalFile.PAGE_BYTES), 0)) {
            small.run(new SqlScript("create table note (b blob)"), SqlAccess.WRITE);

            assertFails(
                    FailureCode.FULL,
                    () -> small.query(Sql.of("insert into note values (zeroblob(50000))"), SqlAccess.WRITE));
        }
    }

    @Test
    void pages_without_the_first_are_no_database() {
        kept.put(2, Bytes.copyOf(new byte[PageChanges.PAGE_BYTES]));

        assertThatThrownBy(() -> open(databases())).isInstanceOf(StorageFailure.Corrupt.class);
        assertThat(directory.resolve("1")).isEmptyDirectory();
    }

    @Test
    void objects_without_databases_are_told_so() {
        assertFails(FailureCode.UNSUPPORTED, () -> open(ScratchDatabases.none()));
    }

    private ScratchDatabases databases() {
        var databases = SqlFiles.scratch(directory, SqlLimits.USUAL, Ticker.system());
        opened.add(databases);
        return databases;
    }

    private ScratchDatabase open(ScratchDatabases databases) {
        return databases.open(after -> {
            var some = new TreeMap<Integer, Bytes>();
            kept.tailMap(after, false).entrySet().stream()
                    .limit(3)
                    .forEach(page -> some.put(page.getKey(), page.getValue()));
            return some;
        });
    }

    private void write(ScratchDatabase database, String script) {
        database.run(new SqlScript(script), SqlAccess.WRITE);
        var changes = database.commit();
        kept.putAll(changes.written());
        database.kept();
    }

    private static long number(ScratchDatabase database, Sql query) {
        var found = database.query(query, SqlAccess.READ).rows().getFirst().getFirst();
        database.rollBack();
        return ((SqlValue.Whole) found).number();
    }

    private List<String> files() throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private long size(String ending) throws IOException {
        var size = 0L;
        for (var file : files()) {
            size += file.endsWith(ending) ? Files.size(Path.of(file)) : 0;
        }
        return size;
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
