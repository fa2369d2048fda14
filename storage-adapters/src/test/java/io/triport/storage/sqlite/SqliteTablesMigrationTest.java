package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.NamespaceTotals;
import io.triport.domain.table.Paging;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were written before there was a row about each. */
final class SqliteTablesMigrationTest {
    private static final String BEFORE_THE_TABLES = "5";
    private static final NamespaceTitle TITLE = new NamespaceTitle("CACHE");
    private static final KvKey OLD = KvKey.of("old");

    @TempDir
    private Path directory;

    private final SettableClock clock = SettableClock.anywhere();

    @BeforeEach
    void write() throws SQLException {
        Flyway.configure(SqliteTablesMigrationTest.class.getClassLoader())
                .dataSource(url(), null, null)
                .locations("classpath:io/triport/storage/sqlite")
                .target(BEFORE_THE_TABLES)
                .load()
                .migrate();
        var end = clock.millis() + 60_000;
        for (var sql : List.of(
                "insert into namespace (id, title) values ('00000000000000000000000000000001', x'4341434845')",
                "insert into entry values (1, x'6f6c64', x'7631', '', 2, 0, x'', 9223372036854775807, 1)",
                "insert into entry values (1, x'656e64', x'313233', '', 3, 0, x'', " + end + ", 2)",
                "update counter set value = 2 where name = 'version'")) {
            try (var connection = DriverManager.getConnection(url());
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void they_are_counted_and_found_and_came_to_be_before_all_time() {
        try (var sqlite = Sqlite.open(directory, clock, new SeededRandomness(1))) {
            var engine = sqlite.engine(TestRepositories::get);
            var catalogue = engine.tables().keyCatalogue();

            assertThat(catalogue.totals(TITLE)).isEqualTo(new NamespaceTotals(2, 5, 1, Instant.EPOCH));
            assertThat(newestFirst(engine)).containsExactly("end", "old");
            assertThat(find(engine)).extracting(KeyRecord::created).isEqualTo(Instant.EPOCH);
            assertThat(find(engine)).extracting(KeyRecord::updated).isEqualTo(Instant.EPOCH);
        }
    }

    @Test
    void a_write_says_when_it_was_and_makes_the_key_the_newest() {
        try (var sqlite = Sqlite.open(directory, clock, new SeededRandomness(1))) {
            var engine = sqlite.engine(TestRepositories::get);

            engine.keyValue(TITLE).put(OLD, KvEntry.of("v"), KvCondition.ANY);

            assertThat(find(engine)).extracting(KeyRecord::created).isEqualTo(Instant.EPOCH);
            assertThat(find(engine)).extracting(KeyRecord::updated).isEqualTo(clock.instant());
            assertThat(newestFirst(engine)).containsExactly("old", "end");
        }
    }

    private static KeyRecord find(StorageEngine engine) {
        var found = engine.tables().keyCatalogue().find(TITLE, List.of(OLD));
        assertThat(found).containsOnlyKeys(OLD);
        return Map.copyOf(found).values().iterator().next();
    }

    private static List<String> newestFirst(StorageEngine engine) {
        var search = new KeySearch(
                List.of(KeyArea.all(TITLE)), KeyFilter.EVERY, KeySearch.Order.NEWEST_FIRST, Paging.first(10));
        return engine.tables().keyCatalogue().search(search).keys().stream()
                .map(row -> row.key().text())
                .toList();
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("triport.db");
    }
}
