package io.triport.storage.caffeine;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.CachePlace;
import io.triport.storage.response.Bodies;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Responses of this node, all caches together up to a weight: on the heap, and where there is a directory for them, those bodies that
 * are larger than 64 KiB on the disk, up to a size of their own. When either is reached, what was asked for least goes, and a new
 * response stays out when it is likely to be asked for less than those that are there.
 */
public final class CaffeineResponseCaches implements ResponseCaches, AutoCloseable {
    /** As much as is read from a file at once, so that a file is never smaller than that. */
    static final ByteSize SMALL = new ByteSize(BodyFile.BLOCK_BYTES);

    private static final long SWEPT_EVERY_SECONDS = 60;

    private final Shelves shelves;
    private final Intake intake;
    private final @Nullable DiskPart disk;
    private final Clock clock;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cache-files").daemon().factory());

    private CaffeineResponseCaches(Shelves shelves, Intake intake, @Nullable DiskPart disk, Clock clock) {
        this.shelves = shelves;
        this.intake = intake;
        this.disk = disk;
        this.clock = clock;
    }

    /** All on the heap. @param most bytes of all responses together @param largest bytes of one body, at most 512 MiB */
    public CaffeineResponseCaches(ByteSize most, ByteSize largest, Clock clock) {
        this(new Shelves(most), Intake.heap(possible(largest)), null, clock);
    }

    /**
     * Large bodies in a directory, which is emptied; what is no longer fresh leaves it about a minute later.
     *
     * @param limits of the heap, and of one body
     * @throws io.triport.domain.failure.StorageFailure.Unavailable when the directory has something else in it, another process has
     *     it, or it cannot be used; the message is one line for the operator
     */
    public static CaffeineResponseCaches withDisk(CacheLimits limits, CachePlace.MemoryAndDisk place, Clock clock) {
        var caches = withDisk(limits, place, SMALL, BodyDisk.REAL, clock);
        caches.sweeper.scheduleWithFixedDelay(
                caches::sweep, SWEPT_EVERY_SECONDS, SWEPT_EVERY_SECONDS, TimeUnit.SECONDS);
        return caches;
    }

    static CaffeineResponseCaches withDisk(
            CacheLimits limits, CachePlace.MemoryAndDisk place, ByteSize small, BodyDisk disk, Clock clock) {
        var shelves = new Shelves(limits.most());
        var folder = BodyFolder.take(Path.of(place.directory()), disk);
        var part = new DiskPart(folder, place.most(), clock, shelves::unsettle);
        return new CaffeineResponseCaches(shelves, new DiskIntake(part, small, limits.largest()), part, clock);
    }

    @Override
    public ResponseCache cache(CacheName name, CachePart part) {
        return new CaffeineResponseCache(shelves, intake, name, part, clock);
    }

    /** Takes all responses out of all caches. */
    public void empty() {
        shelves.empty();
        if (disk != null) {
            disk.empty();
        }
        shelves.settle();
    }

    @Override
    public String adapter() {
        return disk == null ? "caffeine" : "caffeine-disk";
    }

    /** Removes what is on the disk, and gives the directory back. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        if (disk != null) {
            empty();
            disk.close();
        }
    }

    /** Removes what is no longer fresh from the disk. */
    void sweep() {
        if (disk != null) {
            disk.sweep();
        }
        shelves.settle();
    }

    /** The files that responses have their bodies in. */
    Stream<BodyFile> files() {
        return shelves.filed().map(DiskBody::file);
    }

    private static ByteSize possible(ByteSize largest) {
        Bodies.requirePossible(largest);
        return largest;
    }
}
