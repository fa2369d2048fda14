package io.triport.storage.bucket;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketEnding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.filesystem.ObjectDirectory;
import io.triport.storage.memory.Memory;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.storage.s3.S3;
import io.triport.storage.shared.SharedIndex;
import io.triport.storage.shared.SharedObjects;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private final Map<Place, EmbeddedObjects> places = new ConcurrentHashMap<>();
    private final Map<Seat, EmbeddedObjects.Tenant> tenants = new ConcurrentHashMap<>();
    private final S3 s3;
    private final @Nullable Function<String, SharedIndex> indexes;
    /** Whose endpoint and key count for a place now: keys change while it is open. */
    private final Map<Place, BucketBinding> endpoints = new ConcurrentHashMap<>();

    private final ScheduledExecutorService sweeps = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-sweeps").daemon().factory());

    /** Where objects lie that lie with us. */
    private sealed interface Place {
        record InMemory(BucketName bucket) implements Place {}

        record OnDisk(Path root) implements Place {}

        record Shared(Backend.IndexName index, Bytes prefix) implements Place {}
    }

    private record Seat(BucketName bucket, Place place) {}

    /** Without a database for indexes; see the other one. */
    public Buckets(BucketBindings bindings, Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        this(bindings, directory, null, clock, ticker, randomness);
    }

    /**
     * @param directory that the roots of file systems are relative to
     * @param indexes opens an index of rows by its name; null where no database is shared
     */
    public Buckets(
            BucketBindings bindings,
            Path directory,
            @Nullable Function<String, SharedIndex> indexes,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        this.indexes = indexes;
        this.bindings = bindings;
        this.directory = directory;
        this.clock = clock;
        this.randomness = randomness;
        this.s3 = S3.of(directory.resolve("spool"), clock, ticker, randomness);
        sweeps.scheduleWithFixedDelay(this::sweepAll, 1, 1, TimeUnit.HOURS);
        // What was overwritten lies there until then, at somebody else's price.
        sweeps.scheduleWithFixedDelay(this::sweepShared, 1, 1, TimeUnit.MINUTES);
    }

    /** @throws StorageFailure when what the bucket is on cannot be opened */
    @Override
    public Optional<ObjectStore> bucket(BucketName bucket) {
        return bucket(bucket, PassedFields.NONE);
    }

    @Override
    public Optional<ObjectStore> bucket(BucketName bucket, PassedFields fields) {
        var bound = bindings.find(bucket);
        while (bound.isPresent()) {
            var store = store(bound.get(), fields);
            // A bucket that ended meanwhile may have been opened once more here, where nobody would look again.
            var after = bindings.find(bucket);
            if (after.isPresent() && alike(bound.get(), after.get())) {
                return Optional.of(store);
            }
            bound = after;
        }
        return Optional.empty();
    }

    @Override
    public String adapter(BucketName bucket) {
        return info(bucket).map(ObjectStoreInfo::name).orElse("none");
    }

    /** What the bucket declares; empty where there is no such bucket. Cheap: nothing is opened. */
    public Optional<ObjectStoreInfo> info(BucketName bucket) {
        return bindings.find(bucket).map(bound -> {
            var whole = switch (bound.backend()) {
                case Backend.Memory memory -> Memory.OBJECTS;
                case Backend.FileSystem files -> ObjectDirectory.info(files.flush());
                case Backend.S3 remote -> S3.INFO;
                case Backend.Indexed indexed -> SharedObjects.INFO;
            };
            return whole.below(bound.prefix().size());
        });
    }

    /** Copies are the endpoint's own where it knows us by one key for both. */
    @Override
    public Optional<ObjectStore> bucket(BucketName bucket, BucketName source, PassedFields fields) {
        var to = bindings.find(bucket);
        var from = bindings.find(source);
        if (to.isEmpty()
                || from.isEmpty()
                || !(to.get().backend() instanceof Backend.S3 there)
                || !(from.get().backend() instanceof Backend.S3 other)
                || !inOnePlace(there, other)) {
            return Optional.empty();
        }
        var store = s3.store(to.get(), from.get(), fields);
        return Optional.of(
                new PrefixedObjectStore(store, to.get().prefix(), from.get().prefix()));
    }

    private static boolean inOnePlace(Backend.S3 one, Backend.S3 other) {
        return one.endpoint().equals(other.endpoint())
                && one.region().equals(other.region())
                && one.signer().equals(other.signer());
    }

    private static boolean alike(BucketBinding one, BucketBinding other) {
        return one.backend().equals(other.backend()) && one.prefix().equals(other.prefix());
    }

    @Override
    public BucketEnding end(BucketName bucket, ObjectStores.Place place, BooleanSupplier unbound) {
        var found = bindings.find(bucket);
        if (found.isEmpty() || !ours(found.get().backend())) {
            return BucketEnding.STAYS;
        }
        var binding = found.get();
        var seat = seat(binding);
        var tenant = tenant(seat, binding);
        if (!tenant.stop(binding.prefix())) {
            return BucketEnding.NOT_EMPTY;
        }
        if (!taken(unbound, tenant)) {
            return BucketEnding.STAYS;
        }
        tenant.end(binding.prefix());
        var left = place == ObjectStores.Place.OWN ? places.remove(seat.place()) : null;
        tenants.remove(seat);
        if (left != null) {
            leave(seat.place(), left);
        }
        return BucketEnding.ENDED;
    }

    /** Whether no other node writes there, so that what is stopped here is stopped. */
    private static boolean ours(Backend backend) {
        return switch (backend) {
            case Backend.Memory memory -> true;
            case Backend.FileSystem files -> true;
            case Backend.S3 remote -> false;
            case Backend.Indexed indexed -> false;
        };
    }

    private static boolean taken(BooleanSupplier unbound, EmbeddedObjects.Tenant tenant) {
        var taken = false;
        try {
            taken = unbound.getAsBoolean();
            return taken;
        } finally {
            if (!taken) {
                tenant.goOn();
            }
        }
    }

    /** What is still under way there fails, as nothing of it was answered. */
    private static void leave(Place place, EmbeddedObjects objects) {
        try {
            objects.close();
            if (place instanceof Place.OnDisk(var root)) {
                ObjectDirectory.remove(root);
            }
        } catch (StorageFailure e) {
            LOG.warn("what an ended bucket was on is not removed place={}", place, e);
        }
    }

    @Override
    public void close() {
        sweeps.shutdownNow();
        sweeps.close();
        places.values().forEach(EmbeddedObjects::close);
        s3.close();
    }

    private ObjectStore store(BucketBinding binding, PassedFields fields) {
        var whole = binding.backend() instanceof Backend.S3
                ? s3.store(binding, fields)
                : ObjectStores.without(fields, tenant(seat(binding), binding).store(binding.versioning()));
        return binding.prefix().isEmpty() ? whole : new PrefixedObjectStore(whole, binding.prefix());
    }

    private Seat seat(BucketBinding binding) {
        var place = place(binding);
        if (place instanceof Place.Shared) {
            endpoints.put(place, binding);
        }
        return new Seat(binding.name(), place);
    }

    private EmbeddedObjects.Tenant tenant(Seat seat, BucketBinding binding) {
        var held = tenants.get(seat);
        return held == null
                ? tenants.computeIfAbsent(
                        seat,
                        absent -> places.computeIfAbsent(seat.place(), place -> opened(place, binding))
                                .tenant())
                : held;
    }

    /** A place that is not open never was, or its bucket has ended: nothing is opened where files are being removed. */
    private EmbeddedObjects opened(Place place, BucketBinding binding) {
        if (bindings.find(binding.name()).filter(now -> alike(binding, now)).isEmpty()) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "bucket: unknown");
        }
        return open(place, flush(binding));
    }

    private static Backend.Flush flush(BucketBinding binding) {
        return binding.backend() instanceof Backend.FileSystem files ? files.flush() : Backend.Flush.COMMIT;
    }

    private Place place(BucketBinding binding) {
        return switch (binding.backend()) {
            case Backend.Memory memory -> new Place.InMemory(binding.name());
            case Backend.FileSystem files ->
                new Place.OnDisk(directory.resolve(files.root()).normalize());
            case Backend.Indexed(var bytes, var prefix, var index) -> new Place.Shared(index, prefix);
            case Backend.S3 remote -> throw new IllegalArgumentException("backend: " + remote + " (expected: ours)");
        };
    }

    private EmbeddedObjects open(Place place, Backend.Flush flush) {
        return switch (place) {
            case Place.InMemory memory -> Memory.objects(clock, randomness);
            case Place.OnDisk(var root) -> {
                var objects = ObjectDirectory.open(root, flush, clock, randomness);
                sweeps.execute(() -> sweep(objects));
                yield objects;
            }
            case Place.Shared shared -> open(shared);
        };
    }

    private EmbeddedObjects open(Place.Shared place) {
        if (indexes == null) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "bucket: an index without a database (expected: storage: postgresql://)");
        }
        var index = indexes.apply(place.index().text());
        return SharedObjects.open(index, () -> bytes(place), place.prefix(), clock, randomness);
    }

    /** The bucket of the bytes, with the key that counts now. */
    private ObjectStore bytes(Place.Shared place) {
        var binding = endpoints.get(place);
        if (binding == null || !(binding.backend() instanceof Backend.Indexed indexed)) {
            throw new IllegalStateException("place: " + place + " (expected: of a binding that was asked for)");
        }
        var remote = new BucketBinding(binding.name(), indexed.bytes(), Bytes.EMPTY, Versioning.OFF);
        return s3.store(remote, PassedFields.NONE);
    }

    /** Whether all that is open here takes reads and writes; what lies behind endpoints is not asked. */
    public boolean answer() {
        return places.values().stream().allMatch(EmbeddedObjects::answers);
    }

    /** The indexes of all directories together, and what lies behind endpoints. Directories are opened and left later. */
    public List<StorageLevel> levels() {
        var indexes = Stream.of(
                inAll(Kind.BUSY, "index-readers"),
                inAll(Kind.IDLE, "index-readers"),
                inAll(Kind.WAITING, "index-readers"),
                inAll(Kind.WAITING, "index-writer"));
        return Stream.concat(indexes, s3.levels().stream()).toList();
    }

    private StorageLevel inAll(Kind kind, String part) {
        return new StorageLevel(
                kind,
                "filesystem",
                part,
                () -> places.values().stream()
                        .flatMap(objects -> objects.levels().stream())
                        .filter(level -> level.kind() == kind && level.part().equals(part))
                        .mapToDouble(level -> level.now().getAsDouble())
                        .sum());
    }

    private void sweepAll() {
        places.values().forEach(this::sweep);
    }

    private void sweepShared() {
        places.forEach((place, objects) -> {
            if (place instanceof Place.Shared) {
                sweep(objects);
            }
        });
    }

    /** Whatever one store throws: the others, and the next time, must not be left out. */
    private void sweep(EmbeddedObjects objects) {
        try {
            objects.sweep(bindings.uploadsKept());
        } catch (RuntimeException e) {
            LOG.warn("objects not swept, which is tried again", e);
        }
    }
}
