package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditSink;
import io.triport.testkit.AuditSinkContract;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqliteAuditSinkTest extends AuditSinkContract {
    @Override
    protected Fixture create() {
        return new InFile(new SqliteFixture());
    }

    @Test
    void a_query_on_the_seeds_columns_works() {
        try (var file = new InFile(new SqliteFixture())) {
            file.sink().append(List.of(record("a", "/1")));

            assertThat(file.rows("""
                select timestamp || ' ' || typeof(status) || ' ' || duration_ms || ' ' || coalesce(ip, 'null')
                from audit_logs where user_id = 'anonymous' and timestamp >= '2026-11-21' and method = 'GET'\
                """)).containsExactly("2026-11-21T05:00:00.123Z integer 12 null");
        }
    }

    private record InFile(SqliteFixture fixture) implements Fixture {
        @Override
        public AuditSink sink() {
            return fixture.sqlite().audit();
        }

        @Override
        public List<String> kept() {
            return rows("select id || char(9) || path from audit_logs order by rowid");
        }

        private List<String> rows(String sql) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                var kept = new ArrayList<String>();
                while (rows.next()) {
                    kept.add(rows.getString(1));
                }
                return kept;
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean knowsIds() {
            return true;
        }

        @Override
        public boolean knowsLinks() {
            return true;
        }

        @Override
        public void close() {
            fixture.close();
        }
    }
}
