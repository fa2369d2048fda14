package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.testkit.AuditSinkContract;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that an older version wrote, opened by this one. */
final class SqliteMigrationTest {
    private static final String WITH_THE_INDEX_BY_USER = "4";
    private static final int OLD = 300;

    @TempDir
    private Path directory;

    private final AuditChain chain = new AuditChain(AuditLink.NONE);

    @BeforeEach
    void write() {
        Flyway.configure(SqliteMigrationTest.class.getClassLoader())
                .dataSource(url(), null, null)
                .locations("classpath:io/triport/storage/sqlite")
                .target(WITH_THE_INDEX_BY_USER)
                .load()
                .migrate();
        for (var number = 0; number < OLD; number++) {
            insert(chain.link(record(number)));
        }
        assertThat(indexes()).contains("audit_logs_by_user");
    }

    @Test
    void its_records_are_all_there_and_the_chain_goes_on_behind_them() {
        try (var sqlite = Sqlite.open(directory, SettableClock.anywhere(), new SeededRandomness(1))) {
            var last = sqlite.audit().lastLink("node-1").orElseThrow();
            assertThat(last.seq()).isEqualTo(OLD);

            var next = new AuditChain(last);
            sqlite.audit().append(List.of(next.link(record(OLD)), next.link(record(OLD + 1))));
        }

        assertThat(strings("select path from audit_logs order by rowid"))
                .hasSize(OLD + 2)
                .startsWith("/0", "/1")
                .endsWith("/300", "/301");
        assertThat(strings("select 'broken at ' || b.seq from audit_logs a join audit_logs b"
                        + " on b.seq = a.seq + 1 where b.prev_hash <> a.hash"))
                .isEmpty();
        assertThat(strings("select path from audit_logs where user_id = 'anonymous' and path = '/17'"))
                .containsExactly("/17");
    }

    @Test
    void a_record_that_is_there_already_is_not_there_twice() {
        try (var sqlite = Sqlite.open(directory, SettableClock.anywhere(), new SeededRandomness(1))) {
            sqlite.audit().append(List.of(record(7), record(OLD)));
        }

        assertThat(strings("select path from audit_logs where id in ('r7', 'r300')"))
                .containsExactlyInAnyOrder("/7", "/300");
    }

    @Test
    void its_index_by_user_is_gone_and_the_others_stay_and_opening_it_again_changes_nothing() {
        for (var i = 0; i < 2; i++) {
            Sqlite.open(directory, SettableClock.anywhere(), new SeededRandomness(1))
                    .close();

            assertThat(indexes())
                    .contains("audit_logs_by_time", "audit_logs_by_chain")
                    .doesNotContain("audit_logs_by_user");
        }
    }

    private static AuditRecord record(int number) {
        return AuditSinkContract.record("r" + number, "/" + number);
    }

    private List<String> indexes() {
        return strings("select name from sqlite_schema where type = 'index' and tbl_name = 'audit_logs'");
    }

    /** As the older version did, in its columns. */
    private void insert(AuditRecord record) {
        var sql =
                "insert into audit_logs (id, timestamp, user_id, method, path, status, duration_ms, outcome, node, seq,"
                        + " prev_hash, hash) values (?, '2026-11-21T05:00:00.123Z', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.prepareStatement(sql)) {
            var place = 1;
            statement.setString(place++, record.id());
            for (var column : List.of(AuditColumn.USER_ID, AuditColumn.METHOD, AuditColumn.PATH)) {
                statement.setString(place++, record.text(column).orElseThrow());
            }
            statement.setLong(place++, record.number(AuditColumn.STATUS).orElse(0));
            statement.setLong(place++, record.number(AuditColumn.DURATION_MS).orElse(0));
            for (var column : List.of(AuditColumn.OUTCOME, AuditColumn.NODE)) {
                statement.setString(place++, record.text(column).orElseThrow());
            }
            statement.setLong(place++, record.number(AuditColumn.SEQ).orElseThrow());
            for (var column : List.of(AuditColumn.PREV_HASH, AuditColumn.HASH)) {
                statement.setString(place++, record.text(column).orElseThrow());
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> strings(String sql) {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("triport.db");
    }
}
