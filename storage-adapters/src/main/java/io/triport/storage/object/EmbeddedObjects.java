package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Randomness;
import io.triport.storage.piece.Pieces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Objects that lie with us, open. Safe for many threads. */
public final class EmbeddedObjects implements AutoCloseable {
    private static final int VERSION_BYTES = 16;

    private final ObjectIndex index;
    private final ObjectBytes bytes;
    private final Clock clock;
    private final Randomness randomness;
    private final Housekeeping housekeeping;
    private final ObjectReads reads;

    /** Owns the index and the bytes from here on. */
    public EmbeddedObjects(ObjectIndex index, ObjectBytes bytes, Clock clock, Randomness randomness) {
        var pins = new Pins();
        this.index = index;
        this.bytes = bytes;
        this.clock = clock;
        this.randomness = randomness;
        this.housekeeping = new Housekeeping(index, pins, clock);
        this.reads = new ObjectReads(index, bytes, pins, housekeeping);
    }

    /** The objects behind another view of their index. */
    private EmbeddedObjects(EmbeddedObjects whole, ObjectIndex view) {
        this.index = view;
        this.bytes = whole.bytes;
        this.clock = whole.clock;
        this.randomness = whole.randomness;
        this.housekeeping = whole.housekeeping;
        this.reads = whole.reads;
    }

    /** The objects as a bucket that keeps versions, or keeps none. */
    public ObjectStore store(Versioning versioning) {
        return new EmbeddedObjectStore(this, versioning);
    }

    /** A bucket on these objects. */
    public Tenant tenant() {
        return new Tenant(this);
    }

    /** A bucket that may end. Safe for many threads: its life is one reference, which changes within writes of the index only. */
    public static final class Tenant {
        private final EmbeddedObjects whole;
        private final EmbeddedObjects seen;
        private final AtomicReference<Life> life = new AtomicReference<>(Life.GOES_ON);

        private enum Life {
            GOES_ON,
            ENDING,
            ENDED
        }

        private Tenant(EmbeddedObjects whole) {
            this.whole = whole;
            this.seen = new EmbeddedObjects(whole, new LivingIndex(whole.index, this::requireLife));
        }

        /** The objects as a bucket that keeps versions, or keeps none. */
        public ObjectStore store(Versioning versioning) {
            return seen.store(versioning);
        }

        /**
         * Stops all writes to the bucket, if nothing lies in it.
         *
         * @param prefix of its keys
         * @return whether nothing did
         * @throws StorageFailure CONFLICT while somebody else ends it
         */
        public boolean stop(Bytes prefix) {
            var wanted = new AtomicBoolean(true);
            try {
                return whole.index.write(changes -> {
                    requireLife();
                    var empty = changes.versions(prefix, Long.MAX_VALUE, KeyRanges.behind(prefix), 1)
                            .isEmpty();
                    life.set(empty ? Life.ENDING : Life.GOES_ON);
                    if (!wanted.get()) {
                        life.set(Life.GOES_ON);
                    }
                    return empty;
                });
            } catch (StorageFailure e) {
                // A write that nobody waits for any more may still have its turn, and must not stop what goes on.
                wanted.set(false);
                life.compareAndSet(Life.ENDING, Life.GOES_ON);
                throw e;
            }
        }

        /** After a stop: the bucket stays after all. */
        public void goOn() {
            life.set(Life.GOES_ON);
        }

        /** After a stop: the bucket has no name any more. Its uploads go, too. */
        public void end(Bytes prefix) {
            life.set(Life.ENDED);
            whole.housekeeping.dropUploads(prefix);
        }

        private void requireLife() {
            switch (life.get()) {
                case GOES_ON -> {
                    // a bucket like any other
                }
                case ENDING -> throw new StorageFailure.Rejected(FailureCode.CONFLICT, "bucket: is being removed");
                case ENDED -> throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "bucket: unknown");
            }
        }
    }

    /** As {@link #sweep(Duration)}, with the time that is usual. */
    public void sweep() {
        sweep(ObjectLimits.UPLOADS_KEPT);
    }

    /** The pools and queues of their index. */
    public List<StorageLevel> levels() {
        return index.levels();
    }

    /** Whether a read and a write come to their end in time. */
    public boolean answers() {
        return index.answers();
    }

    /** Drops uploads that are older than they are kept, and takes away what a crash left of those that were dropped. */
    public void sweep(Duration uploadsKept) {
        housekeeping.sweep(uploadsKept);
        var collected = bytes.collect(name -> index.read(rows -> rows.names(name)));
        if (collected > 0) {
            Housekeeping.LOG.info("removed bytes of writes that were not answered count={}", collected);
        }
    }

    @Override
    public void close() {
        index.close();
        bytes.close();
    }

    ObjectIndex index() {
        return index;
    }

    ObjectBytes bytes() {
        return bytes;
    }

    ObjectReads reads() {
        return reads;
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    /** To the millisecond, which is what the index and the protocols keep. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    VersionId freshVersion() {
        return new VersionId(freshId());
    }

    String freshId() {
        return Bytes.copyOf(randomness.bytes(VERSION_BYTES)).toHex();
    }

    /** Runs a change of versions, and takes away the parts that nobody needs after it. */
    <R> R change(Versioning versioning, BiFunction<ObjectChanges, KeyHistory, R> work) {
        var dropped = new ArrayList<Long>();
        var result = index.write(changes -> {
            var history = new KeyHistory(changes, versioning);
            var done = work.apply(changes, history);
            history.dropped().forEach(upload -> Housekeeping.drop(changes, upload));
            dropped.addAll(history.dropped());
            return done;
        });
        housekeeping.collect(dropped);
        return result;
    }

    /**
     * Takes the bytes of an object that has no row yet: few of them into memory, more into a run.
     *
     * @param length of them, where it is known before
     * @param made what is summed up though nobody claims it; null for nothing
     */
    Body.Outcome take(Pieces from, OptionalLong length, List<ChecksumClaim> claims, @Nullable ChecksumAlgorithm made) {
        var few = new Few(from, index.mostWithRow());
        var held = few.whole();
        return held.isEmpty() ? write(few, length, claims, made) : hold(held.get(), new Sums(claims, made));
    }

    /** Writes bytes that no row names yet into a run. @param made what is summed up though nobody claims it; null for nothing */
    Body.Outcome write(Pieces from, OptionalLong length, List<ChecksumClaim> claims, @Nullable ChecksumAlgorithm made) {
        var sums = new Sums(claims, made);
        try (var sink = bytes.create()) {
            var size = Transfer.copy(from, length, sink, sums);
            var mismatch = sums.mismatch();
            if (mismatch.isPresent()) {
                return new Body.Mismatch(mismatch.get());
            }
            sink.finish();
            return new Body.Written(new Body(new Body.Place.Run(sink.name()), size, sums.etag(), sums.checksum()));
        }
    }

    private static Body.Outcome hold(Bytes held, Sums sums) {
        sums.update(held.toByteBuffer());
        return sums.mismatch()
                .<Body.Outcome>map(Body.Mismatch::new)
                .orElseGet(() -> new Body.Written(
                        new Body(new Body.Place.Held(held), held.size(), sums.etag(), sums.checksum())));
    }

    /** Runs a change that names bytes which were written, or they are removed. */
    <R> R naming(String written, Supplier<R> change) {
        var decided = true;
        try {
            return change.get();
        } catch (StorageFailure e) {
            // Where nobody knows whether a row names them, they stay until somebody does.
            decided = e.code() != FailureCode.OUTCOME_UNKNOWN;
            if (decided) {
                bytes.remove(written);
            } else {
                bytes.unknown(written);
            }
            throw e;
        } finally {
            if (decided) {
                bytes.settled(written);
            }
        }
    }
}
