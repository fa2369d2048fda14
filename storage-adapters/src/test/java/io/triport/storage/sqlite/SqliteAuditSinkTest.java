package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.testkit.AuditSinkContract;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void each_record_has_its_own_values_whatever_others_of_the_batch_have() {
        var kinds = List.of("GET 200 a", "POST 200 b", "GET 404 -");
        var batch = IntStream.range(0, 120)
                .mapToObj(i -> {
                    var kind = kinds.get(i % 7 % 3).split(" ", -1);
                    return AuditRecord.builder("id-" + i, Instant.EPOCH)
                            .text(AuditColumn.METHOD, kind[0])
                            .number(AuditColumn.STATUS, Long.parseLong(kind[1]))
                            .text(AuditColumn.ROUTE_ID, kind[2].replace("-", ""))
                            .text(AuditColumn.PATH, "/" + i)
                            .number(AuditColumn.BYTES_OUT, i)
                            .build();
                })
                .toList();
        try (var file = new InFile(new SqliteFixture())) {
            file.sink().append(batch);

            assertThat(file.rows("""
                select id || ' ' || path || ' ' || bytes_out || ' ' || method || ' ' || status || ' ' || coalesce(route_id, '-')
                from audit_logs\
                """))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 120)
                            .mapToObj(i -> "id-%1$d /%1$d %1$d ".formatted(i) + kinds.get(i % 7 % 3))
                            .toList());
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
