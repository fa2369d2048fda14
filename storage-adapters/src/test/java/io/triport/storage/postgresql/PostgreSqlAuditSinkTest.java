package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditSink;
import io.triport.testkit.AuditSinkContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgreSqlAuditSinkTest extends AuditSinkContract {
    @Override
    protected Fixture create() {
        return new OnServer(new PostgreSqlFixture());
    }

    @Test
    void a_query_on_the_seeds_columns_works() {
        try (var server = new OnServer(new PostgreSqlFixture())) {
            server.sink().append(List.of(record("a", "/1")));

            assertThat(server.rows("""
                select to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || ' ' || duration_ms
                    || ' ' || coalesce(ip, 'null')
                from audit_logs where user_id = 'anonymous' and timestamp >= '2026-11-21' and status = 200\
                """)).containsExactly("2026-11-21T05:00:00.123 12 null");
        }
    }

    @Test
    void text_that_the_server_cannot_hold_does_not_hold_up_others() {
        try (var server = new OnServer(new PostgreSqlFixture())) {
            server.sink().append(List.of(record("a", "/\0x"), record("b", "/\ud800x"), record("c", "/3")));

            assertThat(server.kept()).containsExactly("a\t/\u2400x", "b\t/?x", "c\t/3");
        }
    }

    private record OnServer(PostgreSqlFixture fixture) implements Fixture {
        @Override
        public AuditSink sink() {
            return fixture.storage().audit();
        }

        @Override
        public List<String> kept() {
            return rows("select id || chr(9) || path from audit_logs order by ctid");
        }

        private List<String> rows(String sql) {
            try (var connection = fixture.settings().dataSource().getConnection();
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
