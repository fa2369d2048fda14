package io.triport.domain.table;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * An entry as it lies in the trail.
 *
 * @param id grows with every entry
 * @param previousHash the hash of the entry before; empty for the first one
 * @param hash SHA-256 over the previous hash and the entry, as 64 hexadecimal digits
 */
public record AuditRow(long id, AuditEntry entry, String previousHash, String hash) {
    /** The row that follows one with the hash. Its moment is in whole milliseconds, as all that is kept. */
    public static AuditRow next(long id, AuditEntry entry, String previousHash) {
        var whole = entry.at(entry.at().truncatedTo(ChronoUnit.MILLIS));
        return new AuditRow(id, whole, previousHash, hash(id, whole, previousHash));
    }

    /** Whether the hash is that of the row as it is. */
    public boolean intact() {
        return hash.equals(hash(id, entry, previousHash));
    }

    public boolean follows(AuditRow before) {
        return id == before.id + 1 && previousHash.equals(before.hash);
    }

    private static String hash(long id, AuditEntry entry, String previousHash) {
        var parts = Stream.of(
                        previousHash,
                        Long.toString(id),
                        entry.place().namespace(),
                        entry.place().key(),
                        entry.operation(),
                        entry.user(),
                        entry.source().text(),
                        entry.request().text(),
                        Long.toString(entry.at().toEpochMilli()),
                        entry.details().text())
                .map(Bytes::utf8)
                .toArray(Bytes[]::new);
        return Sha256.ofParts(parts).toHex();
    }
}
