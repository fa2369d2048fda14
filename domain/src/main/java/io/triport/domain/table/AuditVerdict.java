package io.triport.domain.table;

import java.util.Collection;

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
        var before = "";
        for (var row : rows) {
            if (!row.follows(entries == 0 ? row.previousHash() : before)) {
                return new AuditVerdict(entries + 1, row.id());
            }
            entries++;
            before = row.hash();
        }
        return new AuditVerdict(entries, 0);
    }
}
