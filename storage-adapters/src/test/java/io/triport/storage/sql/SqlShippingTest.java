package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlValue;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Earlier states in a bucket, and what comes back from there. */
final class SqlShippingTest {
    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final int STEPS = 30;

    /** Small enough that there are many files, and copies among them. */
    private static final PastSizes SMALL = new PastSizes(Duration.ofDays(7), 20_000, 3_000_000);

    @TempDir
    private Path elsewhere;

    private final SqlFilesFixture files = new SqlFilesFixture(SMALL, PastStep.Watch.NOBODY);
    private final ShelfBucket bucket = new ShelfBucket(files.clock());
    private SqlFiles here = (SqlFiles) files.databases();
    private SqlShipper shipper = here.shipper(() -> bucket);
    private DatabaseId id = new DatabaseId("00000000-0000-0000-0000-000000000000");
    private int machines;

    @BeforeEach
    void create() {
        id = here.catalogue().create(NAME).id();
        database().query(Sql.of("create table t (id integer primary key, v)"));
    }

    @AfterEach
    void close() {
        shipper.close();
        files.close();
    }

    @Test
    void what_was_shipped_comes_back_with_all_its_states_and_goes_on() {
        var states = new LinkedHashMap<Bookmark, Bytes>();
        for (var i = 0; i < 5; i++) {
            insert(database(), 100);
            states.put(database().bookmark(), dump(database()));
            shipper.ship();
        }

        try (var there = machine()) {
            var restored = there.shipped(() -> bucket).restore(id);

            assertThat(restored).isEqualTo(database().bookmark());
            var back = opened(there);
            assertThat(dump(back)).isEqualTo(dump(database()));
            assertThat(there.catalogue().find(id)).isEqualTo(here.catalogue().find(id));
            var goingOn = there.shipper(() -> bucket);
            insert(back, 100);
            states.put(back.bookmark(), dump(back));
            goingOn.ship();
            for (var state : states.keySet()) {
                back.archive().restore(state);
                assertThat(dump(back)).isEqualTo(states.get(state));
            }
            goingOn.ship();
            goingOn.close();
            assertThat(bucket.keys(folder("copy/"))).hasSize(1);
            try (var third = machine()) {
                third.shipped(() -> bucket).restore(id);
                assertThat(dump(opened(third))).isEqualTo(dump(back));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void wherever_it_is_cut_one_state_comes_back_and_none_before_the_last_that_was_shipped(long seed) {
        var random = new Random(seed);
        Map<Bookmark, Integer> order = new LinkedHashMap<>();
        var dumps = new ArrayList<Bytes>();
        var shipped = -1;
        for (var step = 0; step < STEPS; step++) {
            switch (random.nextInt(10)) {
                case 0 -> {
                    shipper.close();
                    here = (SqlFiles) files.reopen();
                    shipper = here.shipper(() -> bucket);
                }
                case 1 -> {
                    var states = List.copyOf(order.keySet());
                    if (!states.isEmpty()) {
                        database().archive().restore(states.get(random.nextInt(states.size())));
                        note(order, dumps);
                    }
                }
                case 2, 3 -> {
                    bucket.leaveAfter(random.nextInt(4));
                    shipper.ship();
                    bucket.comeBack();
                    assertRestorable(order, dumps, shipped);
                }
                case 4, 5 -> {
                    shipper.ship();
                    // Others had it, or what was away came back: once more is for sure.
                    shipper.ship();
                    shipped = dumps.size() - 1;
                    assertRestorable(order, dumps, shipped);
                }
                default -> {
                    insert(database(), random.nextInt(8) == 0 ? 700_000 : random.nextInt(5_000));
                    note(order, dumps);
                }
            }
        }
        shipper.ship();
        shipper.ship();
        assertRestorable(order, dumps, dumps.size() - 1);
    }

    private void note(Map<Bookmark, Integer> order, List<Bytes> dumps) {
        order.put(database().bookmark(), dumps.size());
        dumps.add(dump(database()));
    }

    private void assertRestorable(Map<Bookmark, Integer> order, List<Bytes> dumps, int least) {
        try (var there = machine()) {
            var restored = there.shipped(() -> bucket).restore(id);
            var place = order.getOrDefault(restored, -1);
            assertThat(place).isGreaterThanOrEqualTo(least);
            if (place >= 0) {
                assertThat(dump(opened(there))).isEqualTo(dumps.get(place));
            }
        } catch (StorageFailure e) {
            assertThat(least).as(e.toString()).isEqualTo(-1);
        }
    }

    @Test
    void while_the_bucket_is_away_it_falls_behind_and_then_catches_up() {
        shipper.ship();
        shipper.ship();
        assertThat(shipper.behind()).isZero();
        bucket.leaveAfter(0);

        insert(database(), 10);
        shipper.ship();
        files.ticker().advance(Duration.ofSeconds(90));
        insert(database(), 10);
        shipper.ship();

        assertThat(shipper.behind()).isEqualTo(90);
        bucket.comeBack();
        shipper.ship();
        assertThat(shipper.behind()).isZero();
        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
    }

    @Test
    void a_database_that_was_not_written_is_not_opened_again() {
        shipper.ship();
        shipper.ship();
        bucket.leaveAfter(0);

        shipper.ship();

        assertThat(shipper.behind()).isZero();
    }

    @Test
    void what_is_damaged_is_told_and_nothing_is_laid() {
        shipWrites(3);
        bucket.damage(lastOf("log/"));

        assertFailure(FailureCode.CORRUPT, this::restoreElsewhere, "is damaged");
        assertThat(leftElsewhere()).isZero();
    }

    @Test
    void a_damaged_copy_is_told() {
        shipWrites(3);
        bucket.damage(lastOf("copy/"));

        assertFailure(FailureCode.CORRUPT, this::restoreElsewhere, "no whole copy");
    }

    @Test
    void a_missing_file_is_told_and_never_left_out() {
        for (var i = 0; i < 6; i++) {
            // So large that each is a file of its own.
            insert(database(), 40_000);
            shipper.ship();
        }
        var logs = bucket.keys(folder("log/"));
        bucket.remove(logs.get(logs.size() / 2));

        assertFailure(FailureCode.CORRUPT, this::restoreElsewhere, "no whole copy");
    }

    @Test
    void a_missing_piece_of_a_file_is_told() {
        shipWrites(4);
        var pieces = bucket.keys(folder("log/"));
        assertThat(pieces).hasSizeGreaterThan(3);
        bucket.remove(pieces.get(2));

        assertFailure(FailureCode.CORRUPT, this::restoreElsewhere, "is missing");
    }

    @Test
    void behind_a_copy_a_damage_does_no_harm() {
        shipWrites(2);
        var early = bucket.keys(folder("log/")).getLast();
        // Older than half a window, so that another copy follows.
        files.clock().advance(Duration.ofDays(4));
        for (var i = 0; i < 6; i++) {
            insert(database(), 900_000);
        }
        shipper.close();
        here = (SqlFiles) files.reopen();
        shipper = here.shipper(() -> bucket);
        shipper.ship();
        assertThat(bucket.keys(folder("copy/"))).hasSizeGreaterThan(1);
        bucket.damage(early);

        try (var there = machine()) {
            there.shipped(() -> bucket).restore(id);
            assertThat(count(opened(there))).isEqualTo(8);
        }
    }

    @Test
    void an_older_directory_that_was_put_back_begins_anew_and_leaves_what_was_shipped() throws IOException {
        shipWrites(1);
        var older = copied(files.directory());
        shipWrites(2);
        var before = bucket.keys(folder("log/"));
        shipper.close();

        try (var there = files.open(older, PastStep.Watch.NOBODY)) {
            var back = opened(there);
            for (var i = 0; i < 7; i++) {
                insert(back, 50);
            }
            var other = there.shipper(() -> bucket);
            other.ship();
            other.ship();
            other.close();

            assertThat(bucket.keys(folder("log/"))).containsAll(before).hasSizeGreaterThan(before.size());
            assertThat(dumpOfShipped()).isEqualTo(dump(back));
        }
    }

    @Test
    void a_folder_that_is_gone_begins_anew_behind_what_was_shipped() throws IOException {
        shipWrites(3);
        removeAll(here.connector(id).past());

        insert(database(), 10);
        shipper.ship();
        shipper.ship();

        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
        insert(database(), 10);
        shipper.ship();
        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
    }

    @Test
    void two_processes_of_one_directory_ship_one_past() {
        try (var others = files.open(files.directory(), PastStep.Watch.NOBODY)) {
            var second = others.shipper(() -> bucket);
            for (var i = 0; i < 9; i++) {
                insert(i % 2 == 0 ? database() : opened(others), 3_000);
                (i % 3 == 0 ? shipper : second).ship();
            }
            shipper.ship();
            second.ship();
            shipper.ship();
            second.close();
        }

        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
        assertThat(bucket.keys(folder("copy/"))).hasSize(1);
    }

    @Test
    void an_earlier_state_that_was_restored_is_shipped_as_well() {
        var empty = database().bookmark();
        shipWrites(2);
        var undo = database().archive().restore(empty).undo();
        shipper.ship();

        try (var there = machine()) {
            there.shipped(() -> bucket).restore(id);
            var back = opened(there);
            assertThat(count(back)).isZero();
            back.archive().restore(undo);
            assertThat(count(back)).isEqualTo(2);
        }
    }

    @Test
    void what_is_older_than_the_window_goes_from_the_bucket_as_from_the_disk() {
        shipWrites(1);
        var first = bucket.keys(folder(""));
        for (var i = 0; i < 8; i++) {
            files.clock().advance(Duration.ofDays(2));
            for (var row = 0; row < 5; row++) {
                insert(database(), 900_000);
            }
            // Copies are made aside; who closes waits for them.
            shipper.close();
            here = (SqlFiles) files.reopen();
            shipper = here.shipper(() -> bucket);
            shipper.ship();
        }

        assertThat(bucket.keys(folder("copy/")))
                .doesNotContainAnyElementsOf(
                        first.stream().filter(key -> key.contains("/copy/")).toList());
        assertThat(bucket.keys(folder("log/")))
                .doesNotContainAnyElementsOf(
                        first.stream().filter(key -> key.contains("/log/")).toList());
        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
    }

    @Test
    void what_is_here_is_not_replaced() {
        shipWrites(1);

        assertFailure(FailureCode.CONFLICT, () -> here.shipped(() -> bucket).restore(id), "is here");
        try (var there = machine()) {
            // The first id is that of the other machine, for a test is not that random.
            there.catalogue()
                    .drop(there.catalogue().create(new DatabaseName("other")).id());
            there.catalogue().create(NAME);
            assertFailure(
                    FailureCode.CONFLICT, () -> there.shipped(() -> bucket).restore(id), "of the name orders");
        }
        assertFailure(
                FailureCode.NOT_FOUND,
                () -> here.shipped(() -> bucket).restore(new DatabaseId("00000000-0000-4000-8000-000000000000")),
                "not in the bucket");
    }

    @Test
    void a_dropped_database_can_be_had_back_for_a_window_and_then_is_gone() {
        shipWrites(2);
        var rows = dump(database());
        here.catalogue().drop(id);
        shipper.ship();

        assertThat(bucket.keys("dropped/")).hasSize(1);
        assertThat(dumpOfShipped()).isEqualTo(rows);
        assertThat(bucket.keys("dropped/")).isEmpty();

        here.shipped(() -> bucket).restore(id);
        shipper.ship();
        here.catalogue().drop(id);
        shipper.ship();
        shipper.purge();
        assertThat(bucket.keys(folder(""))).isNotEmpty();
        files.clock().advance(SMALL.window().plusSeconds(2));
        shipper.purge();
        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void the_bucket_says_which_databases_it_has() {
        shipWrites(1);

        try (var there = machine()) {
            assertThat(there.shipped(() -> bucket).all())
                    .containsExactly(here.catalogue().find(id).orElseThrow());
        }
    }

    @Test
    void a_copy_is_shipped_in_pieces_and_comes_back_whole() throws IOException {
        for (var i = 0; i < 12; i++) {
            insert(database(), 1_500_000);
        }
        removeAll(here.connector(id).past());
        bucket.leaveAfter(3);
        shipper.ship();
        bucket.comeBack();
        shipper.ship();
        shipper.ship();

        assertThat(bucket.keys(folder("copy/"))).hasSizeGreaterThan(2);
        assertThat(dumpOfShipped()).isEqualTo(dump(database()));
    }

    private void shipWrites(int count) {
        for (var i = 0; i < count; i++) {
            insert(database(), 100);
            shipper.ship();
        }
    }

    private Bytes dumpOfShipped() {
        try (var there = machine()) {
            there.shipped(() -> bucket).restore(id);
            return dump(opened(there));
        }
    }

    private void restoreElsewhere() {
        try (var there = machine()) {
            there.shipped(() -> bucket).restore(id);
        }
    }

    /** Of files beside the catalogue, on the machine that was last restored to. */
    private long leftElsewhere() {
        try (var all = Files.list(elsewhere.resolve("machine-" + machines))) {
            return all.filter(file -> !file.getFileName().toString().startsWith("databases.db"))
                    .filter(file -> !file.getFileName().toString().endsWith(".restoring"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SqlFiles machine() {
        machines++;
        return files.open(elsewhere.resolve("machine-" + machines), PastStep.Watch.NOBODY);
    }

    private String folder(String below) {
        return "databases/" + id + "/" + below;
    }

    private String lastOf(String below) {
        return bucket.keys(folder(below)).getLast();
    }

    private SqlDatabase database() {
        return opened(here);
    }

    private static SqlDatabase opened(SqlFiles some) {
        return some.open(NAME, SqlAccess.WRITE).orElseThrow();
    }

    /** Of bytes that do not become smaller. */
    private static void insert(SqlDatabase database, int bytes) {
        database.query(Sql.of("insert into t (v) values (randomblob(?))", SqlValue.of(bytes)));
    }

    private static long count(SqlDatabase database) {
        var row = database.query(Sql.of("select count(*) from t")).rows().getFirst();
        return ((SqlValue.Whole) row.getFirst()).number();
    }

    private static Bytes dump(SqlDatabase database) {
        return GeneratedContent.read(database.archive().export(SqlExtent.ALL).content());
    }

    private Path copied(Path directory) throws IOException {
        var to = elsewhere.resolve("older");
        try (var all = Files.walk(directory)) {
            for (var file : all.toList()) {
                var copy = to.resolve(directory.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }

    private static void removeAll(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            for (var file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
