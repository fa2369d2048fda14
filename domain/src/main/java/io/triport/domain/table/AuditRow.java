package io.triport.domain.table;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;

/**
 * An entry as it lies in the trail.
 *
 * @param id grows with every entry
 * @param previousHash the hash of the entry before; empty for the first one
 * @param hash SHA-256 over the previous hash and the entry, each part with its length before it, as 64 hexadecimal digits
 */
public record AuditRow(long id, AuditEntry entry, String previousHash, String hash) {
    /** The row of an entry behind another one. */
    public static AuditRow behind(String previousHash, long id, AuditEntry entry) {
        return new AuditRow(id, entry, previousHash, hash(previousHash, entry));
    }

    /** As somebody sees it who may not know what else it was about. Its hash is still that of the whole entry. */
    public AuditRow withoutDetails() {
        var seen = new AuditEntry(
                entry.place(),
                entry.operation(),
                entry.user(),
                entry.source(),
                entry.request(),
                entry.at(),
                JsonText.NONE);
        return new AuditRow(id, seen, previousHash, hash);
    }

    /** Whether this is what was written behind the row with that hash. */
    public boolean follows(String earlierHash) {
        return previousHash.equals(earlierHash) && hash.equals(hash(earlierHash, entry));
    }

    /** Whether this is what was written next after an entry. */
    public boolean follows(AuditAnchor before) {
        return id == before.id() + 1 && follows(before.hash());
    }

    private static String hash(String previousHash, AuditEntry entry) {
        return Sha256.ofParts(
                        Bytes.utf8(previousHash),
                        Bytes.utf8(entry.place().namespace()),
                        Bytes.utf8(entry.place().key()),
                        Bytes.utf8(entry.operation()),
                        Bytes.utf8(entry.user()),
                        Bytes.utf8(entry.source().text()),
                        Bytes.utf8(entry.request().text()),
                        Bytes.utf8(Long.toString(entry.at().toEpochMilli())),
                        Bytes.utf8(entry.details().text()))
                .toHex();
    }
}
