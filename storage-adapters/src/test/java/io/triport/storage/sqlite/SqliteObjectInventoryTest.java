package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.ObjectKeeper;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.testkit.ObjectInventoryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SqliteObjectInventoryTest extends ObjectInventoryContract {
    private static final String FILE = "objects.db";

    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final ObjectInventory inventory = Sqlite.inventory(directory.path());
    private StateStore owner = Sqlite.states(directory.path());

    @AfterEach
    void close() {
        owner.close();
        directory.close();
    }

    @Override
    protected ObjectInventory inventory() {
        return inventory;
    }

    @Override
    protected void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        new ObjectKeeper(owner).keep(type, id, state, alarm);
    }

    @Test
    void an_object_that_has_only_a_database_is_seen_with_its_bytes() {
        new ObjectKeeper(owner).keepPages(ROOMS, room("a"), 3);
        keep(ROOMS, room("b"), ONE, KeptAlarm.NONE);
        var before = inventory.find(ROOMS, room("b")).orElseThrow();

        new ObjectKeeper(owner).keepPages(ROOMS, room("b"), 2);

        assertThat(inventory.classes()).containsExactly(ROOMS);
        assertThat(inventory.count(ROOMS, 10)).isEqualTo(2);
        assertThat(inventory.list(ObjectsQuery.first(ROOMS, 10)).objects()).hasSize(2);
        assertThat(inventory.find(ROOMS, room("a")).orElseThrow().bytes()).isEqualTo(3 * PageChanges.PAGE_BYTES);
        assertThat(inventory.find(ROOMS, room("b")).orElseThrow())
                .isEqualTo(new ObjectSummary(
                        before.object(), before.entries(), before.bytes() + 2 * PageChanges.PAGE_BYTES));
    }

    @Test
    void a_look_ends_no_tenure_and_sees_the_next_commit() {
        var tenure = owner.claim(new Address(ROOMS, room("a"))).orElseThrow();

        assertThat(inventory.classes()).isEmpty();
        owner.commit(tenure, new StateChanges(StateChanges.Before.STAYS, ONE, Set.of(), AlarmChange.STAYS, List.of()));

        assertThat(inventory.find(ROOMS, room("a"))).isPresent();
        assertThat(owner.lasts(tenure)).isTrue();
    }

    @Test
    void what_is_kept_is_seen_when_nobody_has_it_any_more_and_can_be_had_again() {
        keep(ROOMS, room("a"), ONE, KeptAlarm.NONE);
        owner.close();

        assertThat(inventory.classes()).containsExactly(ROOMS);
        owner = Sqlite.states(directory.path());
        keep(ROOMS, room("b"), ONE, KeptAlarm.NONE);
        assertThat(inventory.count(ROOMS, 10)).isEqualTo(2);
    }

    @Test
    void what_an_owner_committed_that_was_killed_is_seen_before_the_next_one_comes() throws IOException {
        keep(ROOMS, room("a"), ONE, KeptAlarm.NONE);
        try (var left = TemporaryDirectory.make()) {
            for (var name : List.of(FILE, FILE + "-wal")) {
                Files.copy(directory.path().resolve(name), left.path().resolve(name));
            }

            assertThat(Sqlite.inventory(left.path()).classes()).containsExactly(ROOMS);
        }
    }

    @Test
    void a_file_of_an_owner_that_knows_no_databases_is_read_all_the_same() throws SQLException {
        keep(ROOMS, room("a"), ONE, KeptAlarm.NONE);
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.path().resolve(FILE));
                var statement = connection.createStatement()) {
            statement.execute("drop table page");
        }

        assertThat(inventory.find(ROOMS, room("a")).orElseThrow().entries()).isEqualTo(1);
    }

    @Test
    void where_there_is_no_file_none_is_made() {
        try (var empty = TemporaryDirectory.make()) {
            var none = empty.path().resolve("durable");

            assertThat(Sqlite.inventory(none).classes()).isEmpty();
            assertThat(none).doesNotExist();
        }
    }

    @Test
    void a_file_whose_tables_are_not_there_yet_keeps_nothing() throws IOException {
        try (var begun = TemporaryDirectory.make()) {
            Files.createFile(begun.path().resolve(FILE));

            assertThat(Sqlite.inventory(begun.path()).classes()).isEmpty();
            assertThat(Files.size(begun.path().resolve(FILE))).isZero();
        }
    }

    @Test
    void a_file_that_is_none_of_ours_is_said_to_be_damaged() throws IOException {
        try (var strange = TemporaryDirectory.make()) {
            write(strange.path().resolve(FILE));

            assertThatThrownBy(() -> Sqlite.inventory(strange.path()).classes())
                    .isInstanceOf(StorageFailure.Corrupt.class);
        }
    }

    private static void write(Path file) throws IOException {
        Files.writeString(file, "no database ".repeat(1_000));
    }
}
