package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlValue;
import io.triport.testkit.KilledBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of earlier states when something breaks off, is damaged, or grows old. */
final class SqlPastTest {
    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final int LARGE = 1_400_000;

    /** Small enough that a test comes to every step. */
    private static final PastSizes SMALL = new PastSizes(Duration.ofDays(7), 20_000, 3_000_000);

    @TempDir
    private Path elsewhere;

    private final Map<PastStep, Path> deaths = new EnumMap<>(PastStep.class);
    private final SqlFilesFixture files = new SqlFilesFixture(SMALL, this::dieAfter);
    private boolean mortal;
    private Runnable before = () -> {};

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void whenever_the_process_ends_the_database_and_its_states_agree() throws IOException {
        mortal = true;
        var database = table();
        var states = new LinkedHashMap<Bookmark, Long>();
        for (var i = 0; i < 7; i++) {
            database.query(i % 2 == 0 ? large() : insert(i));
            states.put(database.bookmark(), count(database));
        }
        database.archive().restore(states.keySet().iterator().next());
        mortal = false;

        assertThat(deaths).containsOnlyKeys(PastStep.values());
        for (var death : deaths.entrySet()) {
            try (var others = files.open(death.getValue(), PastStep.Watch.NOBODY)) {
                assertAgrees(death.getKey(), others, states);
            }
        }
    }

    @Test
    void what_a_loss_of_power_takes_of_the_log_is_taken_from_the_database_again() throws IOException {
        var database = table();
        var states = new ArrayList<Bookmark>();
        for (var i = 0; i < 5; i++) {
            database.query(insert(i));
            states.add(database.bookmark());
            // So that it is in the log, and nobody has waited for the disk.
            database.archive().at(files.clock().instant());
        }
        var size = Files.size(last(".log", past(files.directory())));

        for (var left : List.of(size - 1, size - 40, size / 2, 60L)) {
            var copy = copied(files.directory(), "power-" + left);
            try (var log = FileChannel.open(last(".log", past(copy)), StandardOpenOption.WRITE)) {
                log.truncate(left);
                log.write(ByteBuffer.wrap(new byte[] {80, 0, 0, 0, 90, 1, 2, 3}), left);
            }
            try (var others = files.open(copy, PastStep.Watch.NOBODY)) {
                var found = opened(others);
                found.archive().restore(states.get(1));
                assertThat(count(found)).isEqualTo(2);
                found.archive().restore(states.get(4));
                assertThat(count(found)).isEqualTo(5);
            }
        }
    }

    @Test
    void a_damaged_log_restores_nothing_behind_the_damage_and_stops_nobody() throws IOException {
        var database = table();
        database.query(insert(1));
        var early = database.bookmark();
        database.query(insert(2));
        var late = database.bookmark();
        database.archive().at(files.clock().instant());
        var log = last(".log", past(files.directory()));

        flip(log, Files.size(log) - 100);

        assertFailure(FailureCode.CORRUPT, () -> database.archive().restore(late));
        assertThat(count(database)).isEqualTo(2);
        database.query(insert(3));
        database.archive().restore(early);
        assertThat(count(database)).isEqualTo(1);
    }

    @Test
    void a_damaged_copy_is_not_restored() throws IOException {
        var database = table();
        database.query(large());
        files.reopen();
        removeAll(past(files.directory()));
        var found = opened(files.reopen());
        found.query(insert(1));
        var bookmark = found.bookmark();
        try (var base = FileChannel.open(last(".base", past(files.directory())), StandardOpenOption.WRITE)) {
            base.write(ByteBuffer.allocate(LARGE / 2), LARGE / 3);
        }

        assertFailure(FailureCode.CORRUPT, () -> found.archive().restore(bookmark));

        assertThat(count(found)).isEqualTo(2);
        assertThat(found.bookmark()).isEqualTo(bookmark);
    }

    @Test
    void states_that_are_older_than_the_window_are_removed() throws IOException {
        var database = table();
        var first = database.bookmark();
        var states = new ArrayList<Bookmark>();
        for (var i = 0; i < 8; i++) {
            files.clock().advance(Duration.ofDays(2));
            grow(database);
            states.add(database.bookmark());
            // Copies are made aside; who closes waits for them.
            database = opened(files.reopen());
        }
        var past = past(files.directory());

        assertThat(names(past)).doesNotContain("00000001.log");
        assertThat(names(past)).filteredOn(name -> name.endsWith(".base")).hasSizeBetween(2, 4);
        var archive = database.archive();
        assertFailure(FailureCode.BAD_REQUEST, () -> archive.restore(first));
        assertFailure(FailureCode.BAD_REQUEST, () -> archive.restore(states.get(2)));
        var rows = count(database);
        for (var back : List.of(4, 2, 0)) {
            archive.restore(states.get(7 - back));
            assertThat(count(database)).isEqualTo(rows - 4L * back);
        }
    }

    @Test
    void a_killed_process_leaves_every_state_before_it() {
        var empty = table().bookmark();

        var told = files.killWhileWriting(NAME);

        var database = opened(files.databases());
        var killed = written(database);
        assertThat(killed).isGreaterThanOrEqualTo((long) told.size() * KilledBatches.ROWS);
        var undo = database.archive().restore(empty).undo();
        assertThat(database.info().tables()).isEqualTo(1);
        database.archive().restore(undo);
        assertThat(written(database)).isEqualTo(killed);
    }

    private static long written(SqlDatabase database) {
        var row = database.query(Sql.of("select count(*) from written")).rows().getFirst();
        return ((SqlValue.Whole) row.getFirst()).number();
    }

    @Test
    void what_others_have_moved_away_begins_a_new_past_and_keeps_the_old_one() throws SQLException {
        var database = table();
        database.query(insert(1));
        var early = database.bookmark();
        database.archive().at(files.clock().instant());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + files.file(NAME));
                var statement = connection.createStatement()) {
            statement.execute("insert into t values (2)");
            statement.execute("pragma user_version = 17");
            statement.execute("pragma wal_checkpoint(truncate)");
        }

        database.query(insert(3));
        var between = database.bookmark();
        assertThat(database.archive().at(files.clock().instant())).isNotEqualTo(early);
        database.query(insert(4));
        var late = database.bookmark();

        database.archive().restore(early);
        assertThat(count(database)).isEqualTo(1);
        database.archive().restore(between);
        assertThat(count(database)).isEqualTo(3);
        database.archive().restore(late);
        assertThat(count(database)).isEqualTo(4);
    }

    @Test
    void a_database_from_before_states_were_kept_has_none_from_then() throws IOException {
        var database = table();
        database.query(insert(1));
        var early = database.bookmark();
        var start = files.clock().instant();
        files.reopen();
        removeAll(past(files.directory()));
        files.clock().advance(Duration.ofHours(1));

        var found = opened(files.reopen());
        var begun = found.archive().at(files.clock().instant());
        found.query(insert(2));

        assertFailure(FailureCode.BAD_REQUEST, () -> found.archive().at(start));
        assertThat(begun).isEqualTo(early);
        found.archive().restore(begun);
        assertThat(count(found)).isEqualTo(1);
    }

    @Test
    void a_folder_that_is_gone_is_begun_anew() throws IOException {
        var database = table();
        database.query(insert(1));
        var early = database.bookmark();
        removeAll(past(files.directory()));

        grow(database);
        var late = database.bookmark();
        database.query(insert(2));

        assertFailure(FailureCode.BAD_REQUEST, () -> database.archive().restore(early));
        database.archive().restore(late);
        assertThat(count(database)).isEqualTo(5);
    }

    @Test
    void a_past_that_cannot_be_kept_stops_nobody_from_writing() throws IOException {
        var database = table();
        var past = past(files.directory());
        removeAll(past);
        Files.createFile(past);

        for (var i = 0; i < 4; i++) {
            grow(database);
        }

        assertThat(count(database)).isEqualTo(16);
        assertFailure(
                FailureCode.UNAVAILABLE,
                () -> database.archive().at(files.clock().instant()));
        Files.delete(past);
        var bookmark = database.archive().at(files.clock().instant());
        database.query(insert(1));
        database.archive().restore(bookmark);
        assertThat(count(database)).isEqualTo(16);
    }

    @Test
    void two_processes_keep_the_states_of_one_database_together() {
        var one = table();
        try (var others = files.open(files.directory(), PastStep.Watch.NOBODY)) {
            var two = opened(others);
            var states = new ArrayList<Bookmark>();
            for (var i = 0; i < 12; i++) {
                var turn = i % 2 == 0 ? one : two;
                turn.query(i % 3 == 0 ? large() : insert(i));
                states.add(turn.bookmark());
                if (i % 4 == 3) {
                    turn.archive().at(files.clock().instant());
                }
            }

            assertThat(states).isSorted();
            two.archive().restore(states.get(4));
            assertThat(count(one)).isEqualTo(5);
            one.query(insert(1));
            var undo = one.archive().restore(states.get(9)).undo();
            assertThat(count(two)).isEqualTo(10);
            two.archive().restore(undo);
            assertThat(count(one)).isEqualTo(6);
        }
    }

    @Test
    void what_another_process_writes_before_a_restoring_is_taken_back_too() {
        var one = table();
        one.query(insert(1));
        var early = one.bookmark();
        one.query(insert(2));
        try (var others = files.open(files.directory(), PastStep.Watch.NOBODY)) {
            var two = opened(others);
            before = () -> {
                files.clock().advance(Duration.ofSeconds(2));
                two.query(insert(3));
            };

            var restored = one.archive().restore(early);

            before = () -> {};
            assertThat(count(two)).isEqualTo(1);
            assertThat(two.bookmark()).isEqualTo(restored.bookmark()).isGreaterThan(restored.undo());
            two.archive().restore(restored.undo());
            assertThat(count(one)).isEqualTo(3);
        }
    }

    /** The directory as it is now, which is what is left of it when the process ends now. */
    private void dieAfter(PastStep step) {
        if (step == PastStep.NUMBERED) {
            before.run();
        }
        if (mortal) {
            deaths.computeIfAbsent(step, any -> copied(files.directory(), step.name()));
        }
    }

    private void assertAgrees(PastStep step, SqlDatabases others, Map<Bookmark, Long> states) {
        var database = opened(others);
        if (database.info().tables() == 0) {
            // It had no state yet.
            database.query(Sql.of("create table t (v)"));
        }
        var now = database.bookmark();
        var rows = count(database);
        for (var state : states.keySet()) {
            if (state.compareTo(now) > 0) {
                assertFailure(FailureCode.BAD_REQUEST, () -> database.archive().restore(state));
            }
        }
        var kept = states.keySet().stream()
                .filter(state -> state.compareTo(now) <= 0)
                .toList();
        for (var i = 0; i < kept.size(); i += 3) {
            database.archive().restore(kept.get(i));
            assertThat(count(database)).as("%s, state %s", step, i).isEqualTo(states.get(kept.get(i)));
        }
        database.archive().restore(now);
        assertThat(count(database)).as("%s", step).isEqualTo(rows);
        database.query(insert(1));
        assertThat(count(database)).isEqualTo(rows + 1);
    }

    private SqlDatabase table() {
        files.databases().catalogue().create(NAME);
        var database = opened(files.databases());
        database.query(Sql.of("create table t (v)"));
        return database;
    }

    /** So much that the log is moved. */
    private static void grow(SqlDatabase database) {
        for (var i = 0; i < 3; i++) {
            database.query(large());
        }
        database.query(insert(0));
    }

    private static SqlDatabase opened(SqlDatabases databases) {
        return databases.open(NAME, SqlAccess.WRITE).orElseThrow();
    }

    private static Sql insert(int value) {
        return Sql.of("insert into t values (?)", SqlValue.of(value));
    }

    private static Sql large() {
        return Sql.of("insert into t values (zeroblob(" + LARGE + "))");
    }

    private static long count(SqlDatabase database) {
        var row = database.query(Sql.of("select count(*) from t")).rows().getFirst();
        return ((SqlValue.Whole) row.getFirst()).number();
    }

    private Path copied(Path directory, String name) {
        var to = elsewhere.resolve(name);
        try (var all = Files.walk(directory)) {
            for (var file : all.toList()) {
                var copy = to.resolve(directory.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to;
    }

    private static Path past(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static Path last(String ending, Path past) throws IOException {
        try (var all = Files.list(past)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static List<String> names(Path past) throws IOException {
        try (var all = Files.list(past)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void removeAll(Path past) throws IOException {
        try (var all = Files.walk(past)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), at);
        }
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
