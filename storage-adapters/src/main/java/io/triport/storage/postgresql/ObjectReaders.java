package io.triport.storage.postgresql;

import io.triport.domain.failure.StorageFailure;
import io.triport.storage.object.ObjectIndex;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node reads of objects, as far as the others have to know. Safe for many threads; the lock guards what is counted. */
final class ObjectReaders implements AutoCloseable {
    /*
     * Horizons
     *
     * Every ten seconds the node asks which transaction is the oldest that has not ended, and has that as its horizon from then on.
     * Whatever begins to be read later sees what all transactions below it did. So bytes whose name a transaction took away that is
     * below the oldest horizon of anything that any node still reads are read by nobody, however long reads last and whatever the
     * clocks say; and a read costs the database nothing.
     *
     * A node that was not seen for a minute is dead: its reads do not count any more, and its writes cannot commit. That minute, and
     * the ten that bytes stay at least, are of the database's clock. A node that is only cut off may find bytes missing after
     * eleven minutes, and fails then; they are never others. The ten minutes are for standbys, too: one that takes over may lag by
     * so much before a row comes back whose bytes are gone.
     *
     * A transaction from the future is of a database that was restored elsewhere; nobody reads what it took away.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** What counts as dead, in the words of the database. */
    static final String SILENT = "seen < clock_timestamp() - interval '1 minute'";

    private static final String ASK = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    private static final String TELL = """
        insert into object_node (id, seen, horizon) values (?, clock_timestamp(), ?::text::xid8)
        on conflict (id) do update set seen = excluded.seen, horizon = excluded.horizon\
        """;
    private static final String LEAVE = "delete from object_node where id = ?";

    private final Database database;
    private final String node;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, Integer> readers = new TreeMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("object-horizon").factory());
    private long newest;

    /** @param node a name that no other node has, nor had */
    ObjectReaders(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Tells of this node now, and from time to time. @throws StorageFailure where nobody hears it */
    ObjectReaders beating() {
        try {
            beat();
        } catch (RuntimeException e) {
            beats.shutdownNow();
            throw e;
        }
        beats.scheduleWithFixedDelay(this::tryToBeat, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Whether bytes are read by nobody, in the words of the database. @param since column of when they lost their name @param by whom */
    static String unread(String since, String by) {
        return "(" + since + " < clock_timestamp() - interval '10 minutes'"
                + " and (not exists (select from object_node where horizon <= " + by + ")"
                + " or " + by + " >= pg_snapshot_xmax(pg_current_snapshot())))";
    }

    String node() {
        return node;
    }

    ObjectIndex.Reading begin() {
        var horizon = counted();
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                ended(horizon);
            }
        };
    }

    /** Moves the horizon on, and tells it. */
    void beat() {
        var horizon = database.read(connection -> new Call(connection, ASK)
                .first(row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("snapshot: no row (expected: one)", "XX000")));
        var told = moved(horizon);
        database.write(connection ->
                new Call(connection, TELL).with(node).with(Long.toString(told)).change());
    }

    @Override
    public void close() {
        beats.shutdownNow();
        try {
            database.write(connection -> new Call(connection, LEAVE).with(node).change());
        } catch (StorageFailure e) {
            LOG.debug("objects: not taken leave of, which others notice node={}", node, e);
        }
    }

    private void tryToBeat() {
        try {
            beat();
        } catch (RuntimeException e) {
            LOG.warn("objects: other nodes are not told what is read, which is tried again", e);
        }
    }

    /** The horizon of who begins now. */
    private long counted() {
        lock.lock();
        try {
            readers.merge(newest, 1, Integer::sum);
            return newest;
        } finally {
            lock.unlock();
        }
    }

    private void ended(long horizon) {
        lock.lock();
        try {
            readers.computeIfPresent(horizon, (at, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    /** @return the oldest horizon of what is read */
    private long moved(long horizon) {
        lock.lock();
        try {
            newest = Math.max(newest, horizon);
            return readers.isEmpty() ? newest : readers.firstKey();
        } finally {
            lock.unlock();
        }
    }
}
