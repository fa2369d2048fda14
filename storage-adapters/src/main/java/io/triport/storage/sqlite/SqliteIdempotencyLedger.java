package io.triport.storage.sqlite;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/** The repeatable calls in a SQLite file. The one writer lets the second of two equal calls wait for the first. */
final class SqliteIdempotencyLedger implements IdempotencyLedger {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String FIND = "select content, answer from idempotent_call where call = ? and kept_until > ?";
    private static final String KEEP =
            "insert or replace into idempotent_call (call, content, answer, kept_until) values (?, ?, ?, ?)";

    private final SqliteAccess access;

    SqliteIdempotencyLedger(SqliteAccess access) {
        this.access = access;
    }

    private record Remembered(Bytes content, Bytes answer) {}

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        var remembered = access.read(session -> session.first(
                FIND,
                row -> new Remembered(SqliteSession.bytes(row, 1), SqliteSession.bytes(row, 2)),
                name(call),
                access.clock().millis()));
        if (remembered.isEmpty()) {
            return new IdempotencyClaim.First();
        }
        return remembered.get().content().equals(call.content())
                ? new IdempotencyClaim.Repeated(remembered.get().answer())
                : new IdempotencyClaim.Differs();
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        var until = access.clock().instant().plus(KEPT).toEpochMilli();
        access.write(transaction -> transaction.session().change(KEEP, name(call), call.content(), answer, until));
    }

    /** Parts are joined with their lengths, so that no call of one caller can be one of another. */
    private static Bytes name(IdempotentCall call) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (var part : new String[] {call.caller(), call.operation(), call.key()}) {
                var bytes = Bytes.utf8(part);
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.size()).flip());
                sha256.update(bytes.toByteBuffer());
            }
            return Bytes.copyOf(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
