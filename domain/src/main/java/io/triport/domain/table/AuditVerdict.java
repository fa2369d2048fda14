package io.triport.domain.table;

import java.util.Collection;

/**
 * Whether the chain of hashes holds.
 *
 * @param entries that were looked at
 * @param brokenAt the id of the first entry that does not follow from the one before; 0 where all do
 * @param anchor behind which the chain begins
 */
public record AuditVerdict(long entries, long brokenAt, AuditAnchor anchor) {
    public boolean holds() {
        return brokenAt == 0;
    }

    /** Of rows in the order of their ids. */
    public static AuditVerdict of(AuditAnchor anchor, Collection<AuditRow> rows) {
        var entries = 0L;
        var before = anchor;
        for (var row : rows) {
            entries++;
            if (!row.follows(before)) {
                return new AuditVerdict(entries, row.id(), anchor);
            }
            before = AuditAnchor.at(row);
        }
        return new AuditVerdict(entries, 0, anchor);
    }
}
