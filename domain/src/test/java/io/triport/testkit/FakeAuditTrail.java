package io.triport.testkit;

import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The trail of a {@link FakeStorageEngine}. */
final class FakeAuditTrail implements AuditTrail {
    private final FakeStorageEngine engine;

    FakeAuditTrail(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        engine.locked(state -> {
            var rows = state.rows().audit();
            for (var entry : entries) {
                var before = rows.isEmpty() ? "" : rows.getLast().hash();
                rows.add(AuditRow.behind(before, state.rows().next("audit"), entry));
            }
            return rows.size();
        });
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        return engine.locked(state -> state.rows().audit().stream()
                .filter(row -> matches(query, row))
                .sorted(Comparator.comparing((AuditRow row) -> row.entry().at())
                        .thenComparingLong(AuditRow::id)
                        .reversed())
                .skip(query.paging().offset())
                .limit(query.paging().limit())
                .toList());
    }

    @Override
    public AuditVerdict verify() {
        return engine.locked(
                state -> AuditVerdict.of(state.rows().anchor(), state.rows().audit()));
    }

    @Override
    public int forget(Instant before, int most) {
        return engine.locked(state -> {
            var rows = state.rows().audit();
            var removed = 0;
            while (removed < most
                    && rows.size() > 1
                    && rows.getFirst().entry().at().isBefore(before)) {
                state.rows().anchor(AuditAnchor.at(rows.removeFirst()));
                removed++;
            }
            return removed;
        });
    }

    private static boolean matches(AuditQuery query, AuditRow row) {
        var entry = row.entry();
        return row.id() < query.before()
                && asked(query.namespace(), entry.place().namespace())
                && asked(query.user(), entry.user())
                && asked(query.operation(), entry.operation())
                && asked(query.key(), entry.place().key())
                && asked(query.request(), entry.request().text())
                && asked(query.source(), entry.source().text())
                && !entry.at().isBefore(query.from())
                && entry.at().isBefore(query.until());
    }

    private static boolean asked(String wanted, String present) {
        return wanted.isEmpty() || wanted.equals(present);
    }
}
