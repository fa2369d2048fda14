package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/**
 * Rows of idempotent_call, written when an answer is known. Units run one after the other, so that a second equal call begins
 * when the first has left its row or failed.
 */
final class PostgreSqlIdempotencyLedger implements IdempotencyLedger {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String FIND = "select content, answer from idempotent_call where name = ? and expires_at > ?";
    private static final String REMEMBER = """
        insert into idempotent_call (name, content, answer, expires_at) values (?, ?, ?, ?)
        on conflict (name) do update
        set content = excluded.content, answer = excluded.answer, expires_at = excluded.expires_at\
        """;

    private static final String FORGET = "delete from idempotent_call where name = ? and content = ?";

    private final Database database;
    private final Clock clock;

    PostgreSqlIdempotencyLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        return database.read(connection -> new Call(connection, FIND)
                        .with(name(call))
                        .with(clock.instant().toEpochMilli())
                        .first(row -> remembered(row, call.content())))
                .orElseGet(IdempotencyClaim.First::new);
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        database.write(connection -> new Call(connection, REMEMBER)
                .with(name(call))
                .with(call.content())
                .with(answer)
                .with(clock.instant().plus(KEPT).toEpochMilli())
                .change());
    }

    @Override
    public void forget(IdempotentCall call) {
        database.write(connection -> new Call(connection, FORGET)
                .with(name(call))
                .with(call.content())
                .change());
    }

    private static IdempotencyClaim remembered(ResultSet row, Bytes content) throws SQLException {
        return Bytes.copyOf(row.getBytes("content")).equals(content)
                ? new IdempotencyClaim.Repeated(Bytes.copyOf(row.getBytes("answer")))
                : new IdempotencyClaim.Differs();
    }

    private static Bytes name(IdempotentCall call) {
        return Sha256.ofParts(Bytes.utf8(call.caller()), Bytes.utf8(call.operation()), Bytes.utf8(call.key()));
    }
}
