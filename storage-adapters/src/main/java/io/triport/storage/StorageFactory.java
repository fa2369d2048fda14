package io.triport.storage;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.triport.domain.audit.AuditSinks;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.Models;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.sql.ShippedDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.storage.SqlHistoryPlace;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevels;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.domain.storage.WriteGuard;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.domain.vector.VectorLimits;
import io.triport.storage.bucket.Buckets;
import io.triport.storage.durable.Peers;
import io.triport.storage.durable.Turns;
import io.triport.storage.guard.Guard;
import io.triport.storage.peer.PeerNodes;
import io.triport.storage.sql.SqlFiles;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the engine that the settings name. Of tenant data the context gets the one door to it, and nothing behind. */
@Factory
final class StorageFactory implements AutoCloseable {
    /** The folder for what databases of durable objects are worked on in. */
    private static final String SCRATCH = "durable-scratch";

    private final OwnRepositories repositories = new OwnRepositories();
    private final OpenEngine open;
    private final @Nullable Buckets buckets;
    private final @Nullable Turns turns;
    private final @Nullable PeerNodes peers;
    private final OpenDatabases databases;
    private final OpenCaches caches;
    private final OpenVectors vectors;
    private final @Nullable OpenModels models;
    private final QueueDefinitions queues;
    private final Backlogs backlogs;
    private final Clock clock;
    private final Ticker ticker;
    private final @Nullable WriteGuard guard;
    private final CallDeadlines deadlines;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("triport-deadlines").factory());

    /**
     * @param account null for an app whose namespaces are its own
     * @param apart null for an app whose namespaces all lie on the engine
     * @param queueServer null for an app whose queues all lie on the engine
     * @param guard null for an app that writes its keys as often as it likes
     * @param bindings null for an app that has no buckets
     * @param code null for an app that has no durable objects
     * @param link null for a node that hands no events on to others
     * @param queues null for an app that has no queues
     * @param sql null for an app that has no databases
     * @param sqlHistory null for an app whose databases have their earlier states on the node alone
     * @param sqlServer null for an app that has none on a server
     * @param caches null for an app that has no caches
     * @param vectors null for an app that has no vector indexes
     * @param models null for an app that has no models
     */
    StorageFactory(
            StorageSettings settings,
            @Nullable RemoteAccount account,
            @Nullable VolatileNamespaces apart,
            @Nullable QueueServer queueServer,
            @Nullable WriteGuard guard,
            @Nullable BucketBindings bindings,
            @Nullable DurableCode code,
            @Nullable NodeLink link,
            @Nullable QueueDefinitions queues,
            @Nullable SqlLimits sql,
            @Nullable SqlHistoryPlace sqlHistory,
            @Nullable SqlServer sqlServer,
            @Nullable CachePlan caches,
            @Nullable VectorLimits vectors,
            @Nullable ModelBindings models,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        this.clock = clock;
        this.ticker = ticker;
        this.guard = guard;
        this.queues = queues == null ? QueueDefinitions.NONE : queues;
        this.open = OpenEngine.of(settings, account, apart, queueServer, repositories, clock, ticker, randomness);
        this.buckets = bindings == null
                ? null
                : new Buckets(bindings, Path.of(settings.directory()), open.objects(), clock, ticker, randomness);
        this.peers = link == null ? null : peers(link);
        this.turns = code == null ? null : turns(code, settings, sql == null ? SqlLimits.USUAL : sql, randomness);
        this.databases = OpenDatabases.of(settings, sql, sqlHistory, sqlServer, clock, ticker, randomness);
        this.caches = OpenCaches.of(caches, open.purges(), clock, ticker, randomness);
        this.vectors = OpenVectors.of(open, settings, vectors, clock, randomness);
        this.models = models == null ? null : new OpenModels(models, Path.of(settings.directory()), ticker);
        this.deadlines = new CallDeadlines(settings.deadline(), ticker);
        var between = deadlines.between().toMillis();
        looks.scheduleWithFixedDelay(this::look, between, between, TimeUnit.MILLISECONDS);
        this.backlogs = new Backlogs(open.engine(), this.queues).running();
    }

    private void look() {
        deadlines.look();
        if (models != null) {
            models.look();
        }
    }

    /** The port is there before others read of it. */
    private PeerNodes peers(NodeLink link) {
        if (open.objects() == null) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "peers: an engine of one node (expected: one that nodes share, such as postgresql)");
        }
        return PeerNodes.open(link);
    }

    private Turns turns(DurableCode code, StorageSettings settings, SqlLimits limits, Randomness randomness) {
        var scratch = SqlFiles.scratch(Path.of(settings.directory()).resolve(SCRATCH), limits, ticker);
        var announced = Optional.ofNullable(peers).map(PeerNodes::announced);
        var made = new Turns(
                open.states().apply(announced),
                code,
                name -> queues.find(name).map(open.engine()::queue),
                new Turns.Means(clock, ticker, randomness).with(scratch).with(peers == null ? Peers.none() : peers));
        if (peers != null) {
            peers.serve(made.handedOn());
        }
        return made.running();
    }

    @Singleton
    Storage storage(StorageLog log) {
        var engine = open.engine();
        return new Storage(
                guard == null ? engine : Guard.before(engine, guard, ticker),
                beside(),
                new Storage.Means(clock, ticker, log, deadlines));
    }

    private Storage.Beside beside() {
        return Storage.Beside.NOTHING
                .withObjects(buckets == null ? ObjectStores.none() : buckets)
                .withDurable(durable())
                .withQueues(queues)
                .withDatabases(databases.databases())
                .withCaches(caches.caches())
                .withVectors(vectors.indexes())
                .withModels(models == null ? Models.none() : models.catalogue());
    }

    private DurableClasses durable() {
        var bound = turns == null ? DurableClasses.none() : turns;
        var inventory = open.inventory();
        return inventory == null
                ? bound
                : new ShownClasses(bound, inventory, open.health().info().name());
    }

    @Singleton
    QueueDeliveries deliveries() {
        return open.deliveries().apply(queues);
    }

    @Singleton
    TickLedger ticks() {
        return open.ticks();
    }

    @Singleton
    StorageHealth health() {
        var info = open.engine().info();
        var engine = open.health();
        return new StorageHealth() {
            @Override
            public EngineInfo info() {
                return info;
            }

            @Override
            public boolean answers() {
                return engine.answers() && (buckets == null || buckets.answer());
            }
        };
    }

    @Singleton
    StorageLevels levels() {
        var levels = new ArrayList<StorageLevel>(open.levels());
        if (turns != null) {
            levels.addAll(turns.levels());
        }
        if (peers != null) {
            levels.add(new StorageLevel(
                    StorageLevel.Kind.WAITING, open.engine().info().name(), "peers", peers::waiting));
        }
        if (buckets != null) {
            levels.addAll(buckets.levels());
        }
        levels.addAll(databases.levels());
        levels.addAll(vectors.levels());
        levels.addAll(backlogs.levels());
        var all = List.copyOf(levels);
        return () -> all;
    }

    @Singleton
    CursorSeal cursors() {
        return open.engine().cursors();
    }

    @Singleton
    NonceLedger nonces() {
        return open.nonces();
    }

    @Singleton
    CredentialStore credentials() {
        return open.credentials();
    }

    @Singleton
    RevocationList revocations() {
        return open.revocations();
    }

    @Singleton
    AuditSinks audit() {
        return new EngineAuditSinks(open.engine().info(), open.audit());
    }

    /** Absent where one process has the data to itself: its own limits are all there are. */
    @Singleton
    @Named("shared")
    SharedRateLimiter sharedLimits() {
        var limits = open.sharedLimits();
        if (limits == null) {
            throw new DisabledBeanException("the engine is not shared");
        }
        return limits;
    }

    /** Absent where nothing is shipped. */
    @Singleton
    ShippedDatabases shippedDatabases() {
        var shipped = databases.shipped();
        if (shipped == null) {
            throw new DisabledBeanException("no earlier states are shipped");
        }
        return shipped;
    }

    @Override
    @jakarta.annotation.PreDestroy
    public void close() {
        backlogs.close();
        if (turns != null) {
            turns.close();
        }
        if (peers != null) {
            // After the objects: their last answers leave by it.
            peers.close();
        }
        if (buckets != null) {
            buckets.close();
        }
        databases.close();
        vectors.close();
        if (models != null) {
            models.close();
        }
        caches.close();
        open.close();
        repositories.close();
        // Last: what closes may wait for calls that hang.
        looks.shutdownNow();
    }
}
