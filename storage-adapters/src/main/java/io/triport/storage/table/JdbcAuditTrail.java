package io.triport.storage.table;

import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import io.triport.storage.jdbc.TableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The trail as rows, numbered without a gap in the order in which they are committed. */
final class JdbcAuditTrail implements AuditTrail {
    private static final long VERIFIED_AT_ONCE = 1_000;

    /** The last of the oldest, as far as none in front of it is younger: what goes is never out of the middle. */
    private static final String OLDEST = "select coalesce(max(id), 0) from (select id from audit_entry"
            + " where id < coalesce((select min(id) from audit_entry where at >= ?), 9223372036854775807)"
            + " and id < (select max(id) from audit_entry) order by id limit ?) oldest";

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
            var anchor = anchor();
            var before = anchor;
            for (var rows = behind(0);
                    !rows.isEmpty();
                    rows = behind(rows.getLast().id())) {
                for (var row : rows) {
                    entries++;
                    if (!row.follows(before)) {
                        return new AuditVerdict(entries, row.id(), anchor);
                    }
                    before = AuditAnchor.at(row);
                }
            }
            var last = repositories.counters().last(CounterRepository.AUDIT);
            return new AuditVerdict(entries, before.id() == last ? 0 : before.id() + 1, anchor);
        });
    }

    @Override
    public int forget(Instant before, int most) {
        return access.write(() -> {
            var last = repositories.queries().number(Sql.of(OLDEST, Moments.millis(before), (long) most));
            var hash = repositories.audit().hash(last);
            if (hash.isEmpty()) {
                return 0;
            }
            repositories.queries().change(Sql.of("update audit_anchor set id = ?, hash = ?", last, hash.get()));
            return repositories.queries().change(Sql.of("delete from audit_entry where id <= ?", last));
        });
    }

    private AuditAnchor anchor() {
        return repositories
                .queries()
                .first(
                        Sql.of("select id, hash from audit_anchor"),
                        row -> new AuditAnchor(row.getLong(1), row.getString(2)))
                .orElse(AuditAnchor.NONE);
    }

    private List<AuditRow> behind(long id) {
        return repositories.audit().behind(id, VERIFIED_AT_ONCE).stream()
                .map(StoredAudit::row)
                .toList();
    }
}
