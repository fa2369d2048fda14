package io.triport.storage.sqlite;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import java.time.Duration;

/** The repeatable calls in a SQLite file. The one writer lets the second of two equal calls wait for the first. */
final class SqliteIdempotencyLedger implements IdempotencyLedger {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String FIND = "select content, answer from idempotent_call where call = ? and kept_until > ?";
    private static final String KEEP =
            "insert or replace into idempotent_call (call, content, answer, kept_until) values (?, ?, ?, ?)";

    private static final String FORGET = "delete from idempotent_call where call = ? and content = ?";

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

    @Override
    public void forget(IdempotentCall call) {
        access.write(transaction -> transaction.session().change(FORGET, name(call), call.content()));
    }

    private static Bytes name(IdempotentCall call) {
        return Sha256.ofParts(Bytes.utf8(call.caller()), Bytes.utf8(call.operation()), Bytes.utf8(call.key()));
    }
}
