package io.triport.storage.sql;

import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ships the earlier states of all databases to a bucket, in the background. */
final class SqlShipper implements AutoCloseable {
    /*
     * A second
     *
     * Every 400 ms it looks at the files of every database, of this process and of others that write them. One that has changed is opened
     * and shipped, some at a time; one that takes long, or fails, holds up no other, and is looked at again when it is done.
     *
     * What was dropped
     *
     * A database that was here and is not any more was dropped: the bucket is told so, and what it has goes a window later. One that was
     * never seen here is nobody's business: on a new machine that is all of them.
     */
    private static final long EVERY_MILLIS = 400;
    private static final int AT_ONCE = 4;
    private static final long LAST_MILLIS = 2_000;
    private static final double NANOS = 1e9;
    private static final long LOOKS_BETWEEN_PURGES = 9_000;

    private final SqlFiles files;
    private final ShippedBucket bucket;
    private final SqlMeans means;
    private final Map<DatabaseId, Turn> turns = new ConcurrentHashMap<>();
    private final Turn housekeeping = new Turn("what was dropped");
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sql-shipping").daemon().factory());
    private final ExecutorService work = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("sql-shipping-", 1).daemon().factory());
    private long looked;

    SqlShipper(SqlFiles files, ShippedBucket bucket, SqlMeans means) {
        this.files = files;
        this.bucket = bucket;
        this.means = means;
    }

    /** Something that is shipped. */
    private interface Work {
        /** Whether it is done, and needs not be tried again. */
        boolean done() throws IOException;
    }

    /** Of one database. */
    private final class Turn {
        private final String what;
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile @Nullable SqlShipment shipment;
        /** When the first change was seen that is not in the bucket yet. */
        private volatile @Nullable Long since;

        private volatile boolean failing;

        private Turn(String what) {
            this.what = what;
        }

        /** Null where it is being done already. */
        private @Nullable Future<?> begun(Work some) {
            if (!taken.compareAndSet(false, true)) {
                return null;
            }
            if (since == null) {
                since = means.threads().nanos();
            }
            return work.submit(() -> {
                try {
                    if (some.done()) {
                        worked();
                    }
                } catch (IOException | RuntimeException e) {
                    failed(e);
                } finally {
                    taken.set(false);
                }
            });
        }

        private void worked() {
            since = null;
            if (failing) {
                failing = false;
                SqlFiles.LOG.info("sql history shipped again: {}", what);
            }
        }

        /** Whatever it is, it must be tried again; and told once. */
        private void failed(Exception e) {
            if (failing) {
                SqlFiles.LOG.debug("sql history not shipped: {}", what, e);
            } else {
                failing = true;
                SqlFiles.LOG.warn("sql history not shipped, which is tried again: {}", what, e);
            }
        }
    }

    /** Ships from now on, until it is closed. */
    SqlShipper running() {
        looks.scheduleWithFixedDelay(this::tryToLook, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Ships what has changed, and returns when that is done; what fails is tried the next time. */
    void ship() {
        for (var begun : look()) {
            try {
                begun.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Seconds for which the bucket has not had all that was committed; 0 where it has. */
    double behind() {
        var now = means.threads().nanos();
        var longest = 0L;
        for (var turn : turns.values()) {
            var since = turn.since;
            if (since != null) {
                longest = Math.max(longest, now - since);
            }
        }
        return longest / NANOS;
    }

    /** Ships once more what it can in two seconds. */
    @Override
    public void close() {
        if (looks.isShutdown()) {
            return;
        }
        looks.shutdown();
        try {
            if (looks.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
            work.shutdown();
            if (!work.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                SqlFiles.LOG.warn("sql history not shipped to its end, which the next start does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looks.shutdownNow();
            work.shutdownNow();
        }
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) {
            SqlFiles.LOG.warn("sql databases not looked at, which is tried again", e);
        }
    }

    private List<Future<?>> look() {
        var begun = new ArrayList<Future<?>>();
        var there = new HashSet<DatabaseId>();
        for (var database : files.catalogue().databases()) {
            there.add(database.id());
            add(begun, shipped(database));
        }
        for (var gone : turns.keySet()) {
            if (!there.contains(gone)) {
                add(begun, turns.get(gone).begun(() -> tellDropped(gone)));
            }
        }
        if (looked++ % LOOKS_BETWEEN_PURGES == 0) {
            add(begun, housekeeping.begun(this::purge));
        }
        return begun;
    }

    private static void add(List<Future<?>> all, @Nullable Future<?> one) {
        if (one != null) {
            all.add(one);
        }
    }

    private @Nullable Future<?> shipped(Database database) {
        var turn = turns.computeIfAbsent(database.id(), id -> new Turn("database=" + id));
        var known = turn.shipment;
        var shipment = known == null ? new SqlShipment(database, files, bucket, means) : known;
        turn.shipment = shipment;
        try {
            return shipment.idle() ? null : turn.begun(shipment::ship);
        } catch (IOException e) {
            turn.failed(e);
            return null;
        }
    }

    private boolean tellDropped(DatabaseId id) {
        var drop = new ShippedNames.Drop(ChangeNumber.second(means.clock().instant()), id);
        var told = bucket.put(drop.key(), Bytes.EMPTY);
        if (told) {
            turns.remove(id);
        }
        return told;
    }

    /** Removes what was dropped before the window. */
    boolean purge() {
        var before =
                ChangeNumber.second(means.clock().instant().minus(means.sizes().window()));
        for (var key : bucket.keys(ShippedNames.DROPPED)) {
            var drop = ShippedNames.Drop.of(key);
            if (drop != null && drop.second() < before) {
                if (files.catalogue().find(drop.id()).isEmpty()) {
                    bucket.delete(bucket.keys(ShippedNames.folder(drop.id())));
                }
                bucket.delete(List.of(key));
            }
        }
        return true;
    }
}
