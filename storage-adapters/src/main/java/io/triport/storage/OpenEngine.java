package io.triport.storage;

import io.triport.domain.audit.AuditSink;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.domain.vector.VectorLimits;
import io.triport.storage.apart.Apart;
import io.triport.storage.cache.EdgeCache;
import io.triport.storage.cloudflare.Cloudflare;
import io.triport.storage.durable.StateStore;
import io.triport.storage.memory.Memory;
import io.triport.storage.nats.OpenNats;
import io.triport.storage.noncelog.NonceLog;
import io.triport.storage.noncelog.NonceLogSettings;
import io.triport.storage.postgresql.PostgreSqlSettings;
import io.triport.storage.postgresql.PostgreSqlStorage;
import io.triport.storage.postgresql.SharedVectors;
import io.triport.storage.purge.PurgeLog;
import io.triport.storage.redis.OpenRedis;
import io.triport.storage.revocation.Revocations;
import io.triport.storage.shared.SharedIndex;
import io.triport.storage.sqlite.Sqlite;
import io.triport.storage.table.TableRepositories;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An engine with what lies beside it.
 *
 * @param levels its pools and queues, without those of what is opened by itself
 * @param audit null where nothing is kept
 * @param sharedLimits null where one process has the data to itself
 * @param states opens the state of durable objects, which is closed by itself, for a node that others reach there
 * @param inventory of those objects; null where only their owner sees what they keep
 * @param objects opens an index of objects that nodes share; null where one process has the data to itself
 * @param vectors opens the vector indexes that the nodes share, which are closed by themselves; null where they are files of a node
 * @param purges of the caches of all nodes; null where there is one node
 * @param deliveries brings messages of the engine's queues to consumers
 * @param closing ends all of it but that
 */
record OpenEngine(
        StorageEngine engine,
        StorageHealth health,
        List<StorageLevel> levels,
        NonceLedger nonces,
        CredentialStore credentials,
        RevocationList revocations,
        @Nullable AuditSink audit,
        @Nullable SharedRateLimiter sharedLimits,
        TickLedger ticks,
        Function<Optional<NodeAddress>, StateStore> states,
        @Nullable ObjectInventory inventory,
        @Nullable Function<String, SharedIndex> objects,
        @Nullable Function<VectorLimits, SharedVectors> vectors,
        @Nullable PurgeLog purges,
        Function<QueueDefinitions, QueueDeliveries> deliveries,
        Runnable closing)
        implements AutoCloseable {
    OpenEngine {
        if (engine.info().can(Capability.AUDIT) == (audit == null)) {
            throw new IllegalStateException("audit: " + audit + " (expected: what " + engine.info() + " declares)");
        }
    }

    /** As long as a statement of the other server may take; a value of 25 MiB has to get there in it. */
    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(5);

    /** A server that is away is told within twice that. */
    private static final Duration NATS_PATIENCE = Duration.ofSeconds(1);

    /** The folder for single-use marks of a process that has the directory to itself. */
    private static final String MARKS = "nonces";

    /** The folder for the state of durable objects. */
    private static final String OBJECTS = "durable";

    /**
     * @param account null for an engine of its own namespaces
     * @param apart null where all namespaces lie on the engine
     * @param queues null where all queues lie on the engine
     * @throws StorageFailure when the engine cannot be opened, or may lose data and nobody said that it may
     */
    static OpenEngine of(
            StorageSettings settings,
            @Nullable RemoteAccount account,
            @Nullable VolatileNamespaces apart,
            @Nullable QueueServer queues,
            Supplier<TableRepositories> repositories,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var open = local(settings, repositories, clock, ticker, randomness);
        open.requireDurability(settings.volatileData());
        var first = account == null ? open : open.with(account, clock, ticker, randomness);
        var second = apart == null ? first : first.with(apart, clock, randomness);
        var whole = queues == null ? second : second.with(queues, clock, ticker, randomness);
        return switch (settings.consistency()) {
            case STRICT -> whole;
            case EDGE -> whole.with(EdgeCache.before(whole.engine(), clock, ticker));
        };
    }

    private void requireDurability(StorageSettings.VolatileData volatileData) {
        var info = engine.info();
        if (info.durability() == Durability.VOLATILE && volatileData == StorageSettings.VolatileData.REFUSED) {
            close();
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "storage: " + info.name()
                            + " loses answered writes (expected: another engine, or allow-volatile: true)");
        }
    }

    private static OpenEngine local(
            StorageSettings settings,
            Supplier<TableRepositories> repositories,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var open = switch (settings.engine()) {
            case StorageSettings.Embedded(var tenancy) ->
                embedded(settings, tenancy, repositories, clock, ticker, randomness);
            case StorageSettings.Memory memory -> memory(settings, clock, ticker, randomness);
            case StorageSettings.PostgreSql server -> postgreSql(server, repositories, clock, ticker, randomness);
        };
        return open.with(settings.sharedLimits(), clock);
    }

    private static OpenEngine embedded(
            StorageSettings settings,
            StorageSettings.Tenancy tenancy,
            Supplier<TableRepositories> repositories,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var sqlite = Sqlite.open(Path.of(settings.directory()), tenancy, clock, randomness);
        try {
            var marks = switch (tenancy) {
                case StorageSettings.Alone alone -> MARKS;
                case StorageSettings.Together together -> together.marks();
            };
            var nonces = nonces(settings, marks, clock, ticker, randomness);
            var revocations = Revocations.follow(sqlite.revocations(), ticker);
            var objects = Path.of(settings.directory()).resolve(OBJECTS);
            return new OpenEngine(
                    sqlite.engine(repositories),
                    sqlite.health(),
                    sqlite.levels(),
                    nonces.ledger(),
                    sqlite.credentials(),
                    revocations.list(),
                    sqlite.audit(),
                    null,
                    sqlite.ticks(),
                    announced -> Sqlite.states(objects),
                    Sqlite.inventory(objects),
                    null,
                    null,
                    null,
                    definitions -> sqlite.deliveries(definitions, ticker),
                    () -> {
                        revocations.close();
                        nonces.close();
                        sqlite.close();
                    });
        } catch (RuntimeException e) {
            sqlite.close();
            throw e;
        }
    }

    private static OpenEngine postgreSql(
            StorageSettings.PostgreSql server,
            Supplier<TableRepositories> repositories,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var settings = new PostgreSqlSettings(server.url(), server.user(), server.password(), server.bounds());
        var database = PostgreSqlStorage.open(settings, clock, ticker, randomness);
        var revocations = Revocations.follow(database.revocations(), ticker);
        return new OpenEngine(
                database.engine(repositories),
                database.health(),
                database.levels(),
                database.nonces(),
                database.credentials(),
                revocations.list(),
                database.audit(),
                database.limiter(),
                database.ticks(),
                announced -> database.states(ticker, announced),
                database.inventory(),
                database::objects,
                limits -> database.vectors(limits, randomness),
                database.purges(),
                definitions -> database.deliveries(definitions, ticker),
                () -> {
                    revocations.close();
                    database.close();
                });
    }

    /** Marks outlive the process even where data does not: a request that was seen must not be accepted after a restart. */
    private static OpenEngine memory(StorageSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        var memory = Memory.open(clock, randomness);
        var nonces = nonces(settings, MARKS, clock, ticker, randomness);
        var revocations = Revocations.follow(memory.revocations(), ticker);
        return new OpenEngine(
                memory.engine(),
                memory.health(),
                List.of(),
                nonces.ledger(),
                memory.credentials(),
                revocations.list(),
                null,
                null,
                memory.ticks(),
                announced -> Memory.states(),
                null,
                null,
                null,
                null,
                definitions -> memory.deliveries(definitions, ticker),
                () -> {
                    revocations.close();
                    nonces.close();
                });
    }

    private static NonceLog nonces(
            StorageSettings settings, String marks, Clock clock, Ticker ticker, Randomness randomness) {
        var directory = Path.of(settings.directory()).resolve(marks);
        var log = new NonceLogSettings(directory, settings.nonceWindow(), settings.nonceMemory());
        return NonceLog.open(log, clock, ticker, randomness);
    }

    private OpenEngine with(StorageSettings.SharedLimits limits, Clock clock) {
        return switch (limits) {
            case StorageSettings.WithData same -> this;
            case StorageSettings.Redis server -> {
                var redis = OpenRedis.open(server, clock);
                yield new OpenEngine(
                        engine,
                        health,
                        levels,
                        nonces,
                        credentials,
                        revocations,
                        audit,
                        redis.limiter(),
                        ticks,
                        states,
                        inventory,
                        objects,
                        vectors,
                        purges,
                        deliveries,
                        () -> {
                            redis.close();
                            closing.run();
                        });
            }
        };
    }

    private OpenEngine with(RemoteAccount account, Clock clock, Ticker ticker, Randomness randomness) {
        try {
            var opened = Cloudflare.open(account, engine, clock, ticker, randomness);
            var more = Stream.concat(levels.stream(), opened.levels().stream()).toList();
            return with(opened.engine(), more, () -> {
                opened.close();
                closing.run();
            });
        } catch (RuntimeException e) {
            closing.run();
            throw e;
        }
    }

    private OpenEngine with(VolatileNamespaces apart, Clock clock, Randomness randomness) {
        var redis = OpenRedis.openForNamespaces(apart.server(), REDIS_PATIENCE, clock);
        Runnable ending = () -> {
            redis.close();
            closing.run();
        };
        try {
            var other = redis.namespaces(engine.cursors(), randomness);
            return with(Apart.beside(engine, other, apart.titles()), levels, ending);
        } catch (RuntimeException e) {
            ending.run();
            throw e;
        }
    }

    private OpenEngine with(QueueServer server, Clock clock, Ticker ticker, Randomness randomness) {
        try {
            var nats = OpenNats.open(server, engine.cursors(), NATS_PATIENCE, clock, randomness);
            return new OpenEngine(
                    Apart.queues(engine, nats.queues()),
                    health,
                    levels,
                    nonces,
                    credentials,
                    revocations,
                    audit,
                    sharedLimits,
                    ticks,
                    states,
                    inventory,
                    objects,
                    vectors,
                    purges,
                    definitions -> nats.deliveries(definitions, ticker),
                    () -> {
                        nats.close();
                        closing.run();
                    });
        } catch (RuntimeException e) {
            closing.run();
            throw e;
        }
    }

    private OpenEngine with(StorageEngine other) {
        return with(other, levels, closing);
    }

    private OpenEngine with(StorageEngine other, List<StorageLevel> more, Runnable ending) {
        return new OpenEngine(
                other,
                health,
                more,
                nonces,
                credentials,
                revocations,
                audit,
                sharedLimits,
                ticks,
                states,
                inventory,
                objects,
                vectors,
                purges,
                deliveries,
                ending);
    }

    @Override
    public void close() {
        closing.run();
    }
}
