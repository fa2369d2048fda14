package io.triport.domain.storage;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.inference.Inference;
import io.triport.domain.inference.Models;
import io.triport.domain.inference.Spender;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.BucketEnding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.PassedFields;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.QueueName;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.time.Ticker;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorIndexes;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The one door to data. Whatever it hands out checks action, resource, key prefix and expiry of the grant at every call and
 * refuses use after the request. Safe for many threads.
 */
public final class Storage {
    private final StorageEngine engine;
    private final Beside beside;
    private final Means means;
    private final Side side;

    /**
     * What every view needs.
     *
     * @param clock by which grants end
     * @param ticker by which calls are measured, which is that of the deadlines
     */
    public record Means(Clock clock, Ticker ticker, StorageLog log, CallDeadlines deadlines) {
        /** Calls that are a part of one which has a deadline. */
        private static final Duration WHOLE = Duration.ofDays(36_500);

        Means within() {
            return new Means(clock, ticker, log, new CallDeadlines(WHOLE, ticker));
        }

        Means untold() {
            return new Means(clock, ticker, call -> {}, deadlines);
        }
    }

    /** What lies beside the engine, or says what in it belongs to the app. */
    public record Beside(
            ObjectStores objects,
            DurableClasses durable,
            QueueDefinitions queues,
            SqlDatabases databases,
            ResponseCaches caches,
            VectorIndexes vectors,
            Models models) {
        /** An app that has an engine alone. */
        public static final Beside NOTHING = new Beside(
                ObjectStores.none(),
                DurableClasses.none(),
                QueueDefinitions.NONE,
                SqlDatabases.none(),
                ResponseCaches.none(),
                VectorIndexes.none(),
                Models.none());

        public Beside withObjects(ObjectStores others) {
            return new Beside(others, durable, queues, databases, caches, vectors, models);
        }

        public Beside withDurable(DurableClasses others) {
            return new Beside(objects, others, queues, databases, caches, vectors, models);
        }

        public Beside withQueues(QueueDefinitions others) {
            return new Beside(objects, durable, others, databases, caches, vectors, models);
        }

        public Beside withDatabases(SqlDatabases others) {
            return new Beside(objects, durable, queues, others, caches, vectors, models);
        }

        public Beside withCaches(ResponseCaches others) {
            return new Beside(objects, durable, queues, databases, others, vectors, models);
        }

        public Beside withVectors(VectorIndexes others) {
            return new Beside(objects, durable, queues, databases, caches, others, models);
        }

        public Beside withModels(Models others) {
            return new Beside(objects, durable, queues, databases, caches, vectors, others);
        }
    }

    /** Where a door stands. */
    private enum Side {
        OUTSIDE,
        IN_UNIT
    }

    /** Without buckets and durable objects. */
    public Storage(StorageEngine engine, Clock clock, Ticker ticker, StorageLog log) {
        this(engine, ObjectStores.none(), clock, ticker, log);
    }

    /** Without durable objects. */
    public Storage(StorageEngine engine, ObjectStores objects, Clock clock, Ticker ticker, StorageLog log) {
        this(engine, objects, DurableClasses.none(), clock, ticker, log);
    }

    /** Without queues. */
    public Storage(
            StorageEngine engine,
            ObjectStores objects,
            DurableClasses durable,
            Clock clock,
            Ticker ticker,
            StorageLog log) {
        this(engine, Beside.NOTHING.withObjects(objects).withDurable(durable), clock, ticker, log);
    }

    /** With the usual deadline. */
    public Storage(StorageEngine engine, Beside beside, Clock clock, Ticker ticker, StorageLog log) {
        this(engine, beside, new Means(clock, ticker, log, new CallDeadlines(CallDeadlines.USUAL, ticker)));
    }

    public Storage(StorageEngine engine, Beside beside, Means means) {
        this(engine, beside, means, Side.OUTSIDE);
    }

    private Storage(StorageEngine engine, Beside beside, Means means, Side side) {
        this.engine = engine;
        this.beside = beside;
        this.means = means;
        this.side = side;
    }

    /** The store of a namespace, as far as the grant reaches; the namespace need not exist. */
    public KeyValueStore keyValue(Grant grant, NamespaceTitle namespace) {
        var timer = timer(StoragePort.KEY_VALUE, namespace.text(), grant);
        var guard = guard(grant);
        return new ConfinedKeyValueStore(new TimedKeyValueStore(engine.keyValue(namespace), timer), guard, namespace);
    }

    /**
     * The objects of a bucket, as far as the grant reaches.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there is no such bucket; DENIED comes before, where the grant does not
     *     reach the bucket
     */
    public ObjectStore objects(Grant grant, BucketName bucket) {
        return objects(grant, bucket, PassedFields.NONE);
    }

    /**
     * The same, with fields of the request that go through to the store and back.
     *
     * @throws StorageFailure.Rejected as above, and UNSUPPORTED where the store knows no fields
     */
    public ObjectStore objects(Grant grant, BucketName bucket, PassedFields fields) {
        var guard = guard(grant);
        guard.requireReach(bucket.text());
        var store = reached("buckets", beside.objects())
                .bucket(bucket, fields)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "bucket: unknown"));
        return confined(grant, store, bucket, bucket);
    }

    /**
     * The objects of a bucket, with copies from another one, as far as the grant reaches in each. Empty where the bytes of such a
     * copy have to pass through the caller.
     *
     * @throws StorageFailure.AccessDenied where the grant does not reach one of them
     */
    public Optional<ObjectStore> objects(Grant grant, BucketName bucket, BucketName source, PassedFields fields) {
        var guard = guard(grant);
        guard.requireReach(bucket.text());
        guard.requireReach(source.text());
        return reached("buckets", beside.objects())
                .bucket(bucket, source, fields)
                .map(store -> confined(grant, store, bucket, source));
    }

    private ObjectStore confined(Grant grant, ObjectStore store, BucketName bucket, BucketName source) {
        var timer = objectTimer(grant, bucket);
        return new ConfinedObjectStore(new TimedObjectStore(store, timer), guard(grant), bucket, source);
    }

    /**
     * The durable objects of a class, as far as the grant reaches: prefixes of its permissions are about the objects' names, and
     * an object whose name is not known is only for who may reach all.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there is no such class; DENIED comes before, where the grant does not
     *     reach the class
     */
    public DurableObjects durableObjects(Grant grant, ObjectClass type) {
        var guard = guard(grant);
        guard.requireReach(type.text());
        var durable = reached("durable objects", beside.durable());
        var all = durable.objects(type)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "class: unknown"));
        var timer = new CallTimer(StoragePort.DURABLE_OBJECTS, durable.adapter(), type.text(), grant, means);
        return new ConfinedDurableObjects(new TimedDurableObjects(all, timer), guard, type);
    }

    /**
     * What durable objects keep, as far as the grant reaches: prefixes of its permissions are about the objects' names, as above.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where only the objects' owner can see it
     */
    public ObjectInventory objectInventory(Grant grant) {
        var durable = reached("durable objects", beside.durable());
        var timer = new CallTimer(StoragePort.DURABLE_INVENTORY, durable.adapter(), "", grant, means);
        return new ConfinedObjectInventory(new TimedObjectInventory(durable.inventory(), timer), guard(grant));
    }

    /**
     * A queue, as far as the grant reaches.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there is no such queue; DENIED comes before, where the grant does not reach
     *     the queue
     */
    public Queue queue(Grant grant, QueueName queue) {
        guard(grant).requireReach(queue.text());
        return queue(
                grant,
                beside.queues()
                        .find(queue)
                        .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "queue: unknown")));
    }

    /**
     * The same for an app that keeps by itself what its queues are like, because they come and go while it runs: the messages of a name
     * are the same whatever its definition says of them now.
     *
     * @throws StorageFailure.AccessDenied where the grant does not reach the queue
     */
    public Queue queue(Grant grant, QueueDefinition definition) {
        var guard = guard(grant);
        var name = definition.name();
        guard.requireReach(name.text());
        var timer = timer(StoragePort.QUEUE, name.text(), grant);
        return new ConfinedQueue(new TimedQueue(engine.queue(definition), timer), guard, name);
    }

    /**
     * A cache of responses, as far as the grant reaches, with the part of it that is the principal's own: what a response does not
     * call public is given to nobody else.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there are no caches; DENIED comes before, where the grant does not reach the
     *     cache
     */
    public ResponseCache cache(Grant grant, CacheName cache) {
        var guard = guard(grant);
        guard.requireReach(cache.text());
        var caches = reached("caches", beside.caches());
        var part = new CachePart(grant.principal().id().unique());
        var timer = new CallTimer(StoragePort.CACHE, caches.adapter(), cache.text(), grant, means);
        return new ConfinedResponseCache(new TimedResponseCache(caches.cache(cache, part), timer), guard, cache);
    }

    /**
     * A database, as far as the grant reaches: to write where it permits that, else to read. A permission for keys with a prefix
     * opens none, since SQL cannot be confined to them.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there is no such database; DENIED comes before, where the grant permits
     *     neither
     */
    public SqlDatabase sql(Grant grant, DatabaseName name) {
        var guard = guard(grant);
        var access = ConfinedSqlDatabase.access(guard, name);
        var databases = reached("databases", beside.databases());
        var database = databases
                .open(name, access)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "database: unknown"));
        var timer = new CallTimer(StoragePort.SQL, databases.adapter(), name.text(), grant, means);
        return new ConfinedSqlDatabase(new TimedSqlDatabase(database, access, timer), guard, name, access);
    }

    /** Models, as far as the grant reaches; what they use is charged to its principal. */
    public Inference inference(Grant grant) {
        var models = reached("models", beside.models());
        var spender = new Spender(grant.principal().id().unique());
        var timed = new TimedInference(
                models.of(spender),
                model -> new CallTimer(StoragePort.INFERENCE, models.adapter(model), model.text(), grant, means),
                new CallTimer(StoragePort.INFERENCE, "catalogue", "", grant, means));
        return new ConfinedInference(timed, guard(grant));
    }

    /** Databases: make, drop, find, list those that the grant may find. */
    public DatabaseCatalogue databases(Grant grant) {
        var databases = reached("databases", beside.databases());
        var timer = new CallTimer(StoragePort.DATABASES, databases.adapter(), "", grant, means);
        return new ConfinedDatabaseCatalogue(new TimedDatabaseCatalogue(databases.catalogue(), timer), guard(grant));
    }

    /**
     * A vector index, as far as the grant reaches. A permission for keys with a prefix opens none, since nearness cannot be confined
     * to them.
     *
     * @throws StorageFailure.Rejected NOT_FOUND where there is no such index; DENIED comes before, where the grant permits neither
     *     searching nor writing
     */
    public VectorIndex vectors(Grant grant, IndexName name) {
        var guard = guard(grant);
        ConfinedVectorIndex.requireReach(guard, name);
        var indexes = reached("vector indexes", beside.vectors());
        var index = indexes.open(name)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "index: unknown"));
        var timer = new CallTimer(StoragePort.VECTOR, indexes.adapter(), name.text(), grant, means);
        return new ConfinedVectorIndex(new TimedVectorIndex(index, timer), guard, name);
    }

    /** Vector indexes: make, drop, find, list those that the grant may find. */
    public IndexCatalogue vectorIndexes(Grant grant) {
        var indexes = reached("vector indexes", beside.vectors());
        var timer = new CallTimer(StoragePort.VECTOR_INDEXES, indexes.adapter(), "", grant, means);
        return new ConfinedIndexCatalogue(new TimedIndexCatalogue(indexes.catalogue(), timer), guard(grant));
    }

    /** Ends a bucket, as {@link ObjectStores#end} says. @throws StorageFailure.AccessDenied where the grant does not permit it */
    public BucketEnding endBucket(Grant grant, BucketName bucket, ObjectStores.Place place, BooleanSupplier unbound) {
        guard(grant).require(Action.BUCKET_DELETE, ResourceName.container(bucket.text()));
        return objectTimer(grant, bucket)
                .changePatiently(
                        "end-bucket",
                        () -> reached("buckets", beside.objects()).end(bucket, place, unbound),
                        ending -> new StorageCall.Done("ending", ending.name().toLowerCase(Locale.ROOT)));
    }

    /** Namespaces: make, rename, drop, find, list those that the grant may find. */
    public ResourceCatalogue resources(Grant grant) {
        var timer = timer(StoragePort.RESOURCES, grant);
        return new ConfinedResourceCatalogue(new TimedResourceCatalogue(engine.resources(), timer), guard(grant));
    }

    /** The caller's own repeatable calls: whoever the call names, it is remembered for the grant's principal. */
    public IdempotencyLedger idempotency(Grant grant) {
        var timer = timer(StoragePort.IDEMPOTENCY, grant);
        return new ConfinedIdempotencyLedger(new TimedIdempotencyLedger(engine.idempotency(), timer), guard(grant));
    }

    /** What is known of live keys beside their values. */
    public KeyCatalogue keyCatalogue(Grant grant) {
        return new ConfinedKeyCatalogue(
                new TimedKeyCatalogue(engine.tables().keyCatalogue(), timer(StoragePort.KEY_CATALOGUE, grant)),
                guard(grant));
    }

    /** What keys were before they were overwritten or deleted. */
    public KeyHistory keyHistory(Grant grant) {
        return new ConfinedKeyHistory(
                new TimedKeyHistory(engine.tables().keyHistory(), timer(StoragePort.KEY_HISTORY, grant)), guard(grant));
    }

    /** What was done, by whom. */
    public AuditTrail auditTrail(Grant grant) {
        return new ConfinedAuditTrail(
                new TimedAuditTrail(engine.tables().auditTrail(), timer(StoragePort.AUDIT_TRAIL, grant)),
                new TimedResourceCatalogue(
                        engine.resources(), timer(StoragePort.RESOURCES, grant).untold()),
                guard(grant));
    }

    /** The caller's own jobs, or everybody's for who may administer them. */
    public JobLedger jobLedger(Grant grant) {
        return new ConfinedJobLedger(
                new TimedJobLedger(engine.tables().jobLedger(), timer(StoragePort.JOB_LEDGER, grant)), guard(grant));
    }

    /** Small documents by kind and id. */
    public Settings settings(Grant grant) {
        return new ConfinedSettings(
                new TimedSettings(engine.tables().settings(), timer(StoragePort.SETTINGS, grant)), guard(grant));
    }

    /**
     * Writes through the stores of the unit commit together or not at all. The unit gets a door to the same data; stores opened
     * outside of it do not take part, and buckets, durable objects, databases, caches, vector indexes and models cannot: within the unit they are UNSUPPORTED. What it reads of keys by their names stays so until
     * it ends, whoever else writes. It may be begun again as if it had not been, where values lie elsewhere, and where a full disk
     * has taken it back together with a neighbour: so it does nothing but through that door, and counts nothing outside of itself.
     * The whole unit is one call, and has the deadline of one.
     */
    public <R> R together(Grant grant, Function<Storage, R> unit) {
        guard(grant).requireLive();
        var inside = means.within();
        var deadlines = means.deadlines();
        return deadlines.within(
                grant.storeWait(),
                deadlines.now(),
                CallDeadlines.Effect.CHANGES,
                running -> engine.together(inner -> unit.apply(new Storage(inner, beside, inside, Side.IN_UNIT))));
    }

    /** What lies beside the engine cannot commit with a unit, and says so at its first use there; queues are in the engine. */
    private <T> T reached(String what, T place) {
        if (side == Side.IN_UNIT) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "unit: " + what + " lie elsewhere (expected: stores of one engine)");
        }
        return place;
    }

    private GrantGuard guard(Grant grant) {
        return new GrantGuard(grant, means.clock());
    }

    private CallTimer timer(StoragePort port, Grant grant) {
        return timer(port, "", grant);
    }

    private CallTimer timer(StoragePort port, String resource, Grant grant) {
        return new CallTimer(port, engine.info().name(), resource, grant, means);
    }

    private CallTimer objectTimer(Grant grant, BucketName bucket) {
        return new CallTimer(StoragePort.OBJECT, beside.objects().adapter(bucket), bucket.text(), grant, means);
    }
}
