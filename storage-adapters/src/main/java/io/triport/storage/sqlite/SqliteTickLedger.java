package io.triport.storage.sqlite;

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

/** Ticks in a SQLite file. The one writer lets each claim see the one before. */
final class SqliteTickLedger implements TickLedger {
    private static final String BEGIN =
            "insert into schedule_tick (schedule, due_at, attempt, held_until) values (?, ?, 1, 0)"
                    + " on conflict (schedule) do nothing";
    private static final String CLAIM = "update schedule_tick set"
            + " attempt = case when held_until > 0 then attempt + 1 else 1 end,"
            + " due_at = case when held_until > 0 then due_at else ? end, held_until = ?"
            + " where schedule = ? and (case when held_until > 0 then held_until <= ? else due_at < ? end)";
    private static final String CLAIMED = "select due_at, attempt from schedule_tick where schedule = ?";
    private static final String HOLD =
            "update schedule_tick set held_until = ? where schedule = ? and due_at = ? and attempt = ? and held_until"
                    + " > 0";

    private static final String MARKS =
            "select schedule, due_at, attempt, held_until from schedule_tick order by schedule";
    private static final String IDLE = "select schedule from schedule_tick where held_until = 0 and due_at < ?";
    private static final String FORGET =
            "delete from schedule_tick where schedule = ? and held_until = 0 and due_at < ?";

    private final SqliteAccess access;

    SqliteTickLedger(SqliteAccess access) {
        this.access = access;
    }

    @Override
    public Optional<Tick> claim(TaskName schedule, TickClaim claim) {
        var newest = claim.newest().toEpochMilli();
        var now = claim.now().toEpochMilli();
        return access.write(transaction -> {
            var session = transaction.session();
            if (session.change(BEGIN, schedule.text(), now) > 0
                    || session.change(CLAIM, newest, claim.until().toEpochMilli(), schedule.text(), now, newest) == 0) {
                return Optional.empty();
            }
            return session.first(
                    CLAIMED,
                    row -> new Tick(schedule, Instant.ofEpochMilli(row.getLong(1)), row.getInt(2)),
                    schedule.text());
        });
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
        return access.read(session -> session.all(MARKS, SqliteTickLedger::mark));
    }

    @Override
    public List<TaskName> idleSince(Instant moment) {
        return access.read(session -> session.all(IDLE, row -> new TaskName(row.getString(1)), moment.toEpochMilli()));
    }

    @Override
    public void forget(TaskName schedule, Instant idleSince) {
        access.write(transaction -> transaction.session().change(FORGET, schedule.text(), idleSince.toEpochMilli()));
    }

    private static TickMark mark(ResultSet row) throws SQLException {
        var newest = new Tick(new TaskName(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3));
        var heldUntil = row.getLong(4);
        return new TickMark(
                newest, heldUntil == 0 ? TickMark.Run.ENDED : new TickMark.Run.Begun(Instant.ofEpochMilli(heldUntil)));
    }

    private boolean set(Tick tick, long heldUntil) {
        return access.write(transaction -> transaction
                        .session()
                        .change(
                                HOLD,
                                heldUntil,
                                tick.schedule().text(),
                                tick.dueAt().toEpochMilli(),
                                (long) tick.attempt())
                > 0);
    }
}
