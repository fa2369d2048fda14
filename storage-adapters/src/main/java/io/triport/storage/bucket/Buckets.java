package io.triport.storage.bucket;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.filesystem.ObjectDirectory;
import io.triport.storage.memory.Memory;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.storage.s3.S3;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The buckets that bindings name. What a binding is on is opened when it is first asked for, and stays open. */
public final class Buckets implements ObjectStores, AutoCloseable {
    /*
     * Buckets on one directory share what is open there: it belongs to one index. Memory has no name to share it by, so each
     * bucket has its own.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final BucketBindings bindings;
    private final Path directory;
    private final Clock clock;
    private final Randomness randomness;
    private final Map<BucketName, EmbeddedObjects> memories = new ConcurrentHashMap<>();
    private final Map<Path, EmbeddedObjects> directories = new ConcurrentHashMap<>();
    private final Map<BucketName, Remote> endpoints = new ConcurrentHashMap<>();
    private final S3 s3;
    private final ScheduledExecutorService sweeps = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-sweeps").daemon().factory());

    private record Remote(Backend.S3 backend, ObjectStore store) {}

    /** @param directory that the roots of file systems are relative to */
    public Buckets(BucketBindings bindings, Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        this.bindings = bindings;
        this.directory = directory;
        this.clock = clock;
        this.randomness = randomness;
        this.s3 = S3.of(directory.resolve("spool"), clock, ticker, randomness);
        sweeps.scheduleWithFixedDelay(this::sweepAll, 1, 1, TimeUnit.HOURS);
    }

    /** @throws StorageFailure when what the bucket is on cannot be opened */
    @Override
    public Optional<ObjectStore> bucket(BucketName bucket) {
        return bindings.find(bucket).map(this::store);
    }

    @Override
    public void close() {
        sweeps.shutdownNow();
        sweeps.close();
        memories.values().forEach(EmbeddedObjects::close);
        directories.values().forEach(EmbeddedObjects::close);
        s3.close();
    }

    private ObjectStore store(BucketBinding binding) {
        var whole = switch (binding.backend()) {
            case Backend.Memory memory ->
                memories.computeIfAbsent(binding.name(), name -> Memory.objects(clock, randomness))
                        .store(binding.versioning());
            case Backend.FileSystem files ->
                directories
                        .computeIfAbsent(directory.resolve(files.root()).normalize(), this::open)
                        .store(binding.versioning());
            case Backend.S3 remote ->
                endpoints
                        .compute(binding.name(), (name, held) -> remote(remote, held))
                        .store();
        };
        return binding.prefix().isEmpty() ? whole : new PrefixedObjectStore(whole, binding.prefix());
    }

    /** Another key or endpoint is another store. */
    private Remote remote(Backend.S3 backend, @Nullable Remote held) {
        return held != null && held.backend().equals(backend) ? held : new Remote(backend, s3.store(backend));
    }

    private EmbeddedObjects open(Path root) {
        var objects = ObjectDirectory.open(root, clock, randomness);
        sweeps.execute(() -> sweep(objects));
        return objects;
    }

    private void sweepAll() {
        memories.values().forEach(Buckets::sweep);
        directories.values().forEach(Buckets::sweep);
    }

    /** Whatever one store throws: the others, and the next time, must not be left out. */
    private static void sweep(EmbeddedObjects objects) {
        try {
            objects.sweep();
        } catch (RuntimeException e) {
            LOG.warn("objects not swept, which is tried again", e);
        }
    }
}
