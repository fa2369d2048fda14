package io.triport.storage.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.storage.piece.PiecedContent;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies on the disk, all together up to a size, each for as long as its response is fresh. When there are more, what was asked for
 * least goes, and a new one stays out when it is likely to be asked for less than those that are there. Safe for many threads.
 */
final class DiskPart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final BodyFolder folder;
    private final Cache<Spot, DiskBody> bodies;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param most bytes of all bodies together, without those that are just coming
     * @param gone is told of each body that goes, for whatever reason and whoever holds what; the file is still there
     */
    DiskPart(BodyFolder folder, ByteSize most, Clock clock, Consumer<DiskBody> gone) {
        this.folder = folder;
        this.bodies = Caffeine.newBuilder()
                .maximumWeight(most.bytes())
                .<Spot, DiskBody>weigher((spot, body) -> body.length())
                .expireAfter(Expiry.<Spot, DiskBody>writing((spot, body) -> body.left()))
                .ticker(() -> nanos(clock))
                .<Spot, DiskBody>removalListener((spot, body, cause) -> {
                    if (body != null) {
                        gone.accept(body);
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** A file for a body that comes. */
    ComingFile create() throws IOException {
        return folder.create();
    }

    /** Counts a body, which may go at once; one at the same spot goes. */
    void hold(DiskBody body) {
        bodies.put(body.spot(), body);
    }

    boolean holds(DiskBody body) {
        return bodies.policy().getIfPresentQuietly(body.spot()) == body;
    }

    /** Nothing where it has gone already. */
    void release(DiskBody body) {
        bodies.asMap().remove(body.spot(), body);
    }

    /** Empty where it has gone or cannot be read; it goes then. */
    Optional<Content> open(DiskBody body, int from, int to) {
        // Not the quiet way: this is what being asked for is counted by.
        if (bodies.getIfPresent(body.spot()) != body) {
            return Optional.empty();
        }
        try {
            var pieces = BodyPieces.open(body.file(), from, to, () -> release(body));
            return Optional.of(new PiecedContent(pieces, to - from));
        } catch (ClosedByInterruptException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cache: interrupted at a body", e);
        } catch (IOException e) {
            if (holds(body)) {
                LOG.warn("cached body not read, which is a miss directory={}", folder, e);
                release(body);
            }
            return Optional.empty();
        }
    }

    /** A body was written. */
    void succeeded() {
        if (failing.compareAndSet(true, false)) {
            LOG.info("cache directory={} takes bodies again", folder);
        }
    }

    /** A body was not written. Said once, until one is again: a full disk would fill the log, too. */
    void failed(IOException cause) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn("cache directory={} takes no bodies, responses with large ones are not kept", folder, cause);
        } else {
            LOG.debug("cache directory={} takes no bodies", folder, cause);
        }
    }

    /** Lets those go whose responses are no longer fresh. */
    void sweep() {
        bodies.cleanUp();
    }

    /** Lets all go. */
    void empty() {
        bodies.invalidateAll();
    }

    @Override
    public void close() {
        folder.close();
    }

    private static long nanos(Clock clock) {
        var now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
