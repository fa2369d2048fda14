package io.triport.storage.memory;

import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The trail in memory. */
final class MemoryAuditTrail implements AuditTrail {
    private static final Comparator<AuditRow> NEWEST_FIRST = Comparator.comparing(
                    (AuditRow row) -> row.entry().at())
            .thenComparingLong(AuditRow::id)
            .reversed();

    private final MemoryData data;

    MemoryAuditTrail(MemoryData data) {
        this.data = data;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        data.write(() -> {
            for (var entry : entries) {
                var last = audit().rows().lastEntry();
                var row = last == null
                        ? AuditRow.behind("", 1, entry)
                        : AuditRow.behind(last.getValue().hash(), last.getKey() + 1, entry);
                audit().put(row.id(), row);
            }
            return entries.size();
        });
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        return data.read(() -> audit().rows().values().stream()
                .filter(query::matches)
                .sorted(NEWEST_FIRST)
                .skip(query.paging().offset())
                .limit(query.paging().limit())
                .toList());
    }

    @Override
    public AuditVerdict verify() {
        return data.read(
                () -> AuditVerdict.of(data.rows().anchor(), audit().rows().values()));
    }

    @Override
    public int forget(Instant before, int most) {
        return data.write(() -> {
            var removed = 0;
            while (removed < most
                    && audit().rows().size() > 1
                    && audit().rows().firstEntry().getValue().entry().at().isBefore(before)) {
                data.rows().anchor(AuditAnchor.at(audit().rows().firstEntry().getValue()));
                audit().remove(audit().rows().firstKey());
                removed++;
            }
            return removed;
        });
    }

    private Undoable<Long, AuditRow> audit() {
        return data.rows().audit();
    }
}
