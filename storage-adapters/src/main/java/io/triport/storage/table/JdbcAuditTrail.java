package io.triport.storage.table;

import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import io.triport.storage.jdbc.Moments;
import io.triport.storage.jdbc.Sql;
import io.triport.storage.jdbc.TableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trail as rows, numbered without a gap in the order in which they are committed. */
final class JdbcAuditTrail implements AuditTrail {
    private static final long VERIFIED_AT_ONCE = 1_000;

    private final TableAccess access;
    private final TableRepositories repositories;

    JdbcAuditTrail(TableAccess access, TableRepositories repositories) {
        this.access = access;
        this.repositories = repositories;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        access.write(() -> {
            var last = repositories.counters().take(CounterRepository.AUDIT, entries.size());
            var id = last - entries.size();
            var hash = repositories.audit().hash(id).orElse("");
            var rows = new ArrayList<StoredAudit>();
            for (var entry : entries) {
                id++;
                var row = AuditRow.behind(hash, id, entry);
                rows.add(StoredAudit.of(row));
                hash = row.hash();
            }
            repositories.audit().saveAll(rows);
            return last;
        });
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        var sql = Sql.of("select * from audit_entry where id < ?", query.before())
                .andIf(!query.namespace().isEmpty(), "namespace = ?", query.namespace())
                .andIf(!query.user().isEmpty(), "user_name = ?", query.user())
                .andIf(!query.operation().isEmpty(), "operation = ?", query.operation())
                .andIf(!query.key().isEmpty(), "key = ?", Bytes.utf8(query.key()))
                .andIf(!query.request().isEmpty(), "request = ?", query.request())
                .andIf(!query.source().isEmpty(), "source = ?", query.source())
                .add(" and at >= ? and at < ?", Moments.millis(query.from()), Moments.millis(query.until()))
                .add(
                        " order by at desc, id desc limit ? offset ?",
                        (long) query.paging().limit(),
                        query.paging().offset());
        return access.read(() -> repositories.queries().all(sql, StoredAudit.class).stream()
                .map(StoredAudit::row)
                .toList());
    }

    @Override
    public AuditVerdict verify() {
        return access.read(() -> {
            var entries = 0L;
            @Nullable AuditRow before = null;
            for (var rows = behind(0);
                    !rows.isEmpty();
                    rows = behind(rows.getLast().id())) {
                for (var row : rows) {
                    entries++;
                    if (!follows(row, before)) {
                        return new AuditVerdict(entries, row.id());
                    }
                    before = row;
                }
            }
            var last = repositories.counters().last(CounterRepository.AUDIT);
            var end = before == null ? 0 : before.id();
            return new AuditVerdict(entries, end == last ? 0 : end + 1);
        });
    }

    @Override
    public int forget(Instant before, int most) {
        return access.write(() -> (int) repositories.audit().removeOldest(Moments.millis(before), most));
    }

    /** Ids have no gaps, so that one that was taken out shows at the ends too. */
    private static boolean follows(AuditRow row, @Nullable AuditRow before) {
        return before == null
                ? row.follows(row.previousHash())
                : row.id() == before.id() + 1 && row.follows(before.hash());
    }

    private List<AuditRow> behind(long id) {
        return repositories.audit().behind(id, VERIFIED_AT_ONCE).stream()
                .map(StoredAudit::row)
                .toList();
    }
}
