package io.triport.domain.table;

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
}
