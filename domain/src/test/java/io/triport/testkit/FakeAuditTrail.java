package io.triport.testkit;

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
    private static final Comparator<AuditRow> NEWEST_FIRST = Comparator.comparing(
                    (AuditRow row) -> row.entry().at())
            .thenComparingLong(AuditRow::id)
            .reversed();

    private final FakeStorageEngine engine;

    FakeAuditTrail(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        engine.locked(state -> {
            var rows = state.rows().audit();
            for (var entry : entries) {
                var last = rows.lastEntry();
                var row = last == null
                        ? AuditRow.next(1, entry, "")
                        : AuditRow.next(
                                last.getKey() + 1, entry, last.getValue().hash());
                rows.put(row.id(), row);
            }
            return rows.size();
        });
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        return engine.locked(state -> state.rows().audit().values().stream()
                .filter(query::matches)
                .sorted(NEWEST_FIRST)
                .skip(query.paging().offset())
                .limit(query.paging().limit())
                .toList());
    }

    @Override
    public AuditVerdict verify() {
        return engine.locked(state -> AuditVerdict.of(state.rows().audit().values()));
    }

    @Override
    public int forget(Instant before, int most) {
        return engine.locked(state -> {
            var rows = state.rows().audit();
            var removed = 0;
            while (removed < most
                    && rows.size() > 1
                    && rows.firstEntry().getValue().entry().at().isBefore(before)) {
                rows.pollFirstEntry();
                removed++;
            }
            return removed;
        });
    }
}
