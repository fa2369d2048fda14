package io.triport.domain.table;

import java.util.Collection;
import java.util.Optional;

/**
 * Whether the chain of hashes holds.
 *
 * @param entries that were looked at
 * @param brokenAt the id of the first entry that does not follow from the one before; 0 where all do
 */
public record AuditVerdict(long entries, long brokenAt) {
    public boolean holds() {
        return brokenAt == 0;
    }

    /** Of rows in the order of their ids. */
    public static AuditVerdict of(Collection<AuditRow> rows) {
        var entries = 0L;
        var before = Optional.<AuditRow>empty();
        for (var row : rows) {
            entries++;
            if (!row.intact() || !before.map(row::follows).orElse(true)) {
                return new AuditVerdict(entries, row.id());
            }
            before = Optional.of(row);
        }
        return new AuditVerdict(entries, 0);
    }
}
