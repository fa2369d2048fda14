package io.triport.domain.table;

/**
 * Where the chain of the audit begins: behind the newest entry that was let go. It is kept when entries are let go, so that others
 * that were taken out in front show.
 *
 * @param id of that entry, 0 for none
 * @param hash of that entry, empty for none
 */
public record AuditAnchor(long id, String hash) {
    /** Nothing was let go. */
    public static final AuditAnchor NONE = new AuditAnchor(0, "");

    public static AuditAnchor at(AuditRow row) {
        return new AuditAnchor(row.id(), row.hash());
    }
}
