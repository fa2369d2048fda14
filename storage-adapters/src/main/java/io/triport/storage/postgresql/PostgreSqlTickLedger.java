package io.triport.storage.postgresql;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.schedule.TickMark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of schedule_tick. A claim is one statement, which locks the row before it looks. */
final class PostgreSqlTickLedger implements TickLedger {
    private static final String BEGIN = """
        insert into schedule_tick (schedule, due_at, attempt, held_until) values (?, ?, 1, 0)
        on conflict (schedule) do nothing\
        """;
    private static final String CLAIM = """
        update schedule_tick set
          attempt = case when held_until > 0 then attempt + 1 else 1 end,
          due_at = case when held_until > 0 then due_at else ? end,
          held_until = ?
        where schedule = ? and (case when held_until > 0 then held_until <= ? else due_at < ? end)
        returning due_at, attempt\
        """;
    private static final String HOLD = """
        update schedule_tick set held_until = ?
        where schedule = ? and due_at = ? and attempt = ? and held_until > 0\
        """;

    private static final String MARKS =
            "select schedule, due_at, attempt, held_until from schedule_tick order by schedule collate \"C\"";
    private static final String IDLE = "select schedule from schedule_tick where held_until = 0 and due_at < ?";
    private static final String FORGET =
            "delete from schedule_tick where schedule = ? and held_until = 0 and due_at < ?";

    private final Database database;

    PostgreSqlTickLedger(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Tick> claim(TaskName schedule, TickClaim claim) {
        var begun = database.write(connection -> new Call(connection, BEGIN)
                .with(schedule.text())
                .with(claim.now().toEpochMilli())
                .change());
        return begun > 0 ? Optional.empty() : claimed(schedule, claim);
    }

    @Override
    public boolean hold(Tick tick, Instant until) {
        return set(tick, until.toEpochMilli());
    }

    @Override
    public void done(Tick tick) {
        set(tick, 0);
    }

    @Override
    public List<TickMark> marks() {
        return database.read(connection -> new Call(connection, MARKS).all(PostgreSqlTickLedger::mark));
    }

    @Override
    public List<TaskName> idleSince(Instant moment) {
        return database.read(connection ->
                new Call(connection, IDLE).with(moment.toEpochMilli()).all(row -> new TaskName(row.getString(1))));
    }

    @Override
    public void forget(TaskName schedule, Instant idleSince) {
        database.write(connection -> new Call(connection, FORGET)
                .with(schedule.text())
                .with(idleSince.toEpochMilli())
                .change());
    }

    private Optional<Tick> claimed(TaskName schedule, TickClaim claim) {
        return database.write(connection -> new Call(connection, CLAIM)
                .with(claim.newest().toEpochMilli())
                .with(claim.until().toEpochMilli())
                .with(schedule.text())
                .with(claim.now().toEpochMilli())
                .with(claim.newest().toEpochMilli())
                .first(row -> new Tick(schedule, Instant.ofEpochMilli(row.getLong(1)), row.getInt(2))));
    }

    private static TickMark mark(ResultSet row) throws SQLException {
        var newest = new Tick(new TaskName(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3));
        var heldUntil = row.getLong(4);
        return new TickMark(
                newest, heldUntil == 0 ? TickMark.Run.ENDED : new TickMark.Run.Begun(Instant.ofEpochMilli(heldUntil)));
    }

    private boolean set(Tick tick, long heldUntil) {
        return database.write(connection -> new Call(connection, HOLD)
                        .with(heldUntil)
                        .with(tick.schedule().text())
                        .with(tick.dueAt().toEpochMilli())
                        .with(tick.attempt())
                        .change())
                > 0;
    }
}
