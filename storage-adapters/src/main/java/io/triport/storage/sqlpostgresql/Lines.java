package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a node to the databases of users: so many of all databases together, since each is of one database and the
 * server admits only so many. One that nobody uses gives way to one that is wanted. Safe for many threads.
 */
final class Lines implements AutoCloseable {
    private static final String LEVEL = "sql-connections";
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private final int most;
    private final Duration patience;
    private final SqlLimits limits;
    private final Address primary;
    private final Ticker ticker;
    /** In the order in which they came. */
    private final Semaphore turns;
    /** Guards those that are idle; the one that was used last is the first. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Line> idle = new ArrayDeque<>();
    private boolean closed;

    Lines(int most, Duration patience, SqlLimits limits, Address primary, Ticker ticker) {
        this.most = most;
        this.patience = patience;
        this.limits = limits;
        this.primary = primary;
        this.ticker = ticker;
        this.turns = new Semaphore(most, true);
    }

    /** One to the server itself. */
    Line take(Room room) throws SQLException {
        return take(room, primary);
    }

    /** Belongs to the caller until it is given back, or ended. */
    Line take(Room room, Address address) throws SQLException {
        waitForTurn();
        try {
            var known = known(room.id(), address);
            return known == null ? Line.open(room, address, limits, patience) : known;
        } catch (SQLException | RuntimeException e) {
            turns.release();
            throw e;
        }
    }

    /** As if it had never been used. */
    void giveBack(Line line) {
        var clean = line.clean();
        try {
            if (!clean || !keep(line)) {
                line.close();
            }
        } finally {
            turns.release();
        }
    }

    /** Not to be used again. */
    void end(Line line) {
        try {
            line.close();
        } finally {
            turns.release();
        }
    }

    /** @throws StorageFailure.Rejected UNSUPPORTED when the server lets the role of a database that was just made not in */
    void check(Room room) throws SQLException {
        try {
            giveBack(take(room));
        } catch (SQLException e) {
            if (Refusals.shut(e)) {
                throw new StorageFailure.Rejected(
                        FailureCode.UNSUPPORTED,
                        "postgresql: " + room.name()
                                + " is not let in with its password (expected: a line in pg_hba.conf"
                                + " for roles and databases that begin with triport_)");
            }
            throw e;
        }
    }

    /** Nobody wants them any more. */
    void drop(DatabaseId id) {
        remove(line -> line.room().id().equals(id)).forEach(Line::close);
    }

    /** Closes what was not used for long. */
    void sweep() {
        var now = ticker.nanos();
        remove(line -> now - line.since() > LONGEST_IDLE.toNanos()).forEach(Line::close);
    }

    List<StorageLevel> levels() {
        return List.of(
                new StorageLevel(Kind.BUSY, "postgresql", LEVEL, () -> most - turns.availablePermits()),
                new StorageLevel(Kind.IDLE, "postgresql", LEVEL, this::idle),
                new StorageLevel(Kind.WAITING, "postgresql", LEVEL, turns::getQueueLength));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        remove(line -> true).forEach(Line::close);
    }

    private int idle() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** Null where one must be opened; then the one that was idle for longest has given way if there are as many as may be. */
    private @Nullable Line known(DatabaseId id, Address address) {
        Line oldest = null;
        lock.lock();
        try {
            for (var line : idle) {
                if (line.room().id().equals(id) && line.address().equals(address)) {
                    idle.remove(line);
                    return line;
                }
            }
            var lent = most - turns.availablePermits();
            if (idle.size() + lent > most) {
                oldest = idle.pollLast();
            }
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            oldest.close();
        }
        return null;
    }

    private boolean keep(Line line) {
        line.rest(ticker.nanos());
        lock.lock();
        try {
            if (!closed) {
                idle.addFirst(line);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private List<Line> remove(Predicate<Line> which) {
        lock.lock();
        try {
            var removed = new ArrayList<>(idle.stream().filter(which).toList());
            idle.removeAll(removed);
            return removed;
        } finally {
            lock.unlock();
        }
    }

    private void waitForTurn() {
        try {
            if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sql: all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: interrupted", e);
        }
    }
}
