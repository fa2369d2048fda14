package io.triport.domain.audit;

import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Links the records of one node, so that one that is changed, left out or put between others shows. Used by one thread. */
public final class AuditChain {
    /*
     * The hash is SHA-256 over every column but itself, in the order of the columns, each absent one as the length -1 and each other
     * as the length of its UTF-8 form in four bytes before that form; numbers in decimal digits. The hash of the record before is
     * one of the columns.
     */
    private AuditLink last;

    /** Continues behind a link; {@link AuditLink#NONE} begins a chain. */
    public AuditChain(AuditLink last) {
        this.last = last;
    }

    public AuditRecord link(AuditRecord record) {
        var linked = record.with()
                .number(AuditColumn.SEQ, last.seq() + 1)
                .text(AuditColumn.PREV_HASH, last.hash())
                .text(AuditColumn.HASH, "")
                .build();
        var hash = hash(linked);
        last = new AuditLink(last.seq() + 1, hash);
        return linked.with().text(AuditColumn.HASH, hash).build();
    }

    /** Whether the records are a whole piece of a chain, in order. */
    public static boolean holds(List<AuditRecord> records) {
        for (var i = 0; i < records.size(); i++) {
            var record = records.get(i);
            if (!record.text(AuditColumn.HASH).orElse("").equals(hash(record))) {
                return false;
            }
            if (i > 0 && !follows(records.get(i - 1), record)) {
                return false;
            }
        }
        return true;
    }

    private static boolean follows(AuditRecord before, AuditRecord record) {
        return record.text(AuditColumn.PREV_HASH).equals(before.text(AuditColumn.HASH))
                && record.number(AuditColumn.SEQ).orElse(0)
                        == before.number(AuditColumn.SEQ).orElse(0) + 1;
    }

    private static String hash(AuditRecord record) {
        var sha256 = Sha256.begun();
        for (var column : AuditColumn.values()) {
            if (column != AuditColumn.HASH) {
                update(sha256, record, column);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void update(MessageDigest digest, AuditRecord record, AuditColumn column) {
        var text = column.kind() == AuditColumn.Kind.TEXT
                ? record.text(column)
                : record.number(column).stream().mapToObj(Long::toString).findFirst();
        var bytes = text.orElse("").getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text.isPresent() ? bytes.length : -1)
                .flip());
        digest.update(bytes);
    }
}
