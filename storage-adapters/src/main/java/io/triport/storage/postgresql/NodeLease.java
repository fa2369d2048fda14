package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** That this node may have objects: a row that is renewed, or else is nothing to others. Safe for many threads: its lock guards all. */
final class NodeLease {
    /*
     * Two clocks
     *
     * When the lease ends is decided by the database's clock alone. This node measures from before it sent the renewal, by a clock
     * that only goes forward, and stops a second earlier: so it believes in its lease for a shorter time than others do.
     */
    static final Duration LENGTH = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final String BEGIN = """
        insert into node_session (lease_until, address) values (clock_timestamp() + ? * interval '1 millisecond', ?)
        returning session_id\
        """;
    private static final String RENEW = """
        update node_session set lease_until = clock_timestamp() + ? * interval '1 millisecond'
        where session_id = ? and lease_until > clock_timestamp()\
        """;
    private static final String END = "delete from node_session where session_id = ?";
    private static final String FORGET =
            "delete from node_session where lease_until < clock_timestamp() - interval '1 day'";

    private final Database database;
    private final Ticker ticker;
    private final String address;
    private final ReentrantLock lock = new ReentrantLock();
    private long session;
    private long surelyUntil;

    /** @param address where others reach this node, empty for nowhere */
    NodeLease(Database database, Ticker ticker, String address) {
        this.database = database;
        this.ticker = ticker;
        this.address = address;
        begin();
    }

    /** The session of a lease that surely lasts now. @throws StorageFailure where there is none to be had */
    long session() {
        lock.lock();
        try {
            if (!lasts()) {
                renew();
            }
            if (!lasts()) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "postgresql: the lease came too late");
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is this session whose lease surely lasts now. */
    boolean lasts(long claimed) {
        lock.lock();
        try {
            return claimed == session && lasts();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the lease longer; where it has ended, another begins, and what the node had is not its own any more. */
    void renew() {
        lock.lock();
        try {
            var sent = ticker.nanos();
            var mine = session;
            // Sent again without harm, so that a cut connection is no unknown outcome.
            var renewed = database.read(connection -> new Call(connection, RENEW)
                    .with(LENGTH.toMillis())
                    .with(mine)
                    .change());
            if (renewed == 1) {
                surelyUntil = end(sent);
            } else {
                begin();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives all objects of this node back. */
    void end() {
        lock.lock();
        try {
            var mine = session;
            surelyUntil = ticker.nanos();
            database.read(connection -> new Call(connection, END).with(mine).change());
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        var sent = ticker.nanos();
        session = database.read(connection -> {
            new Call(connection, FORGET).change();
            return new Call(connection, BEGIN)
                    .with(LENGTH.toMillis())
                    .with(address)
                    .first(row -> row.getLong(1))
                    .orElseThrow(() -> new SQLException("node_session: no row (expected: one)", "XX000"));
        });
        surelyUntil = end(sent);
    }

    private boolean lasts() {
        return ticker.nanos() - surelyUntil < 0;
    }

    private static long end(long sent) {
        return sent + LENGTH.minus(MARGIN).toNanos();
    }
}
