package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PassedFields;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.endpoint.Connections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Buckets behind endpoints; those of one endpoint share its connections and its circuit. Safe for many threads. */
public final class S3 implements AutoCloseable {
    /** What an endpoint promises is its own word, and cannot be told here: as little as can be. */
    public static final ObjectStoreInfo INFO = new ObjectStoreInfo("s3", Durability.PROCESS, Set.of());

    private final Clock clock;
    private final Ticker ticker;
    private final Randomness randomness;
    private final Circuits circuits;
    private final Spool spool;
    private final Map<BucketName, Opened> opened = new ConcurrentHashMap<>();
    private @Nullable Transport transport;

    /** Another key or endpoint is another store. */
    private record Opened(Backend.S3 backend, S3ObjectStore store) {}

    private S3(Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        this.clock = clock;
        this.ticker = ticker;
        this.randomness = randomness;
        this.circuits = new Circuits(new ConcurrentHashMap<>(), ticker);
        this.spool = new Spool(directory, randomness);
    }

    /**
     * Costs nothing before the first store is asked for, and no connection before its first call.
     *
     * @param directory for bodies of unknown length, which endpoints do not take
     */
    public static S3 of(Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        return new S3(directory, clock, ticker, randomness);
    }

    /**
     * The objects of a bucket for one request, whose fields go through. What the bucket had before it had this backend is forgotten.
     *
     * @throws IllegalArgumentException for a backend that is none of S3, and for an endpoint that is more or less than scheme, host
     *     and port
     */
    public ObjectStore store(BucketBinding binding, PassedFields fields) {
        return whole(binding).passing(fields);
    }

    /** The same, with copies from another bucket that the same endpoint gives us with the same key. */
    public ObjectStore store(BucketBinding binding, BucketBinding source, PassedFields fields) {
        return whole(binding).passing(fields, whole(source));
    }

    private S3ObjectStore whole(BucketBinding binding) {
        if (!(binding.backend() instanceof Backend.S3 backend)) {
            throw new IllegalArgumentException("backend: " + binding.backend() + " (expected: one of S3)");
        }
        return opened.compute(
                        binding.name(),
                        (name, held) -> held != null && held.backend().equals(backend)
                                ? held
                                : new Opened(backend, open(backend)))
                .store();
    }

    private S3ObjectStore open(Backend.S3 backend) {
        var place = new Place(backend.endpoint(), backend.region(), backend.addressing());
        var upstream = new Upstream(
                transport(), circuits, place, backend.bucket(), new Signers(backend.signer()), clock, randomness);
        return new S3ObjectStore(upstream, spool, randomness);
    }

    /** The monitor guards the transport, which is started once. */
    private synchronized Transport transport() {
        var started = transport;
        if (started == null) {
            started = Transport.start(ticker);
            transport = started;
        }
        return started;
    }

    /** The connections to all endpoints together. */
    public List<StorageLevel> levels() {
        return List.of(
                new StorageLevel(Kind.BUSY, "s3", "endpoints", () -> count(Connections::busy)),
                new StorageLevel(Kind.IDLE, "s3", "endpoints", () -> count(Connections::idle)),
                new StorageLevel(Kind.WAITING, "s3", "endpoints", () -> count(Connections::waiting)));
    }

    private synchronized int count(ToIntFunction<Connections> what) {
        return transport == null ? 0 : what.applyAsInt(transport.connections());
    }

    @Override
    public synchronized void close() {
        if (transport != null) {
            transport.close();
        }
    }
}
