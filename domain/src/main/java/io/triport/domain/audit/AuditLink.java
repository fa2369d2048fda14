package io.triport.domain.audit;

/** A record's place in its node's chain. @param seq 1 or more @param hash of the record, 64 hexadecimal digits */
public record AuditLink(long seq, String hash) {
    /** Before the first record. */
    public static final AuditLink NONE = new AuditLink(0, "0".repeat(64));
}
