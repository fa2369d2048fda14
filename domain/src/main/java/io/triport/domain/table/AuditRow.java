package io.triport.domain.table;

/**
 * An entry as it lies in the trail.
 *
 * @param id grows with every entry
 * @param previousHash the hash of the entry before; empty for the first one
 * @param hash SHA-256 over the previous hash and the entry, as 64 hexadecimal digits
 */
public record AuditRow(long id, AuditEntry entry, String previousHash, String hash) {}
