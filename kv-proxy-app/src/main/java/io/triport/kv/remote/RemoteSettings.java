package io.triport.kv.remote;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheName;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.identity.Secret;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.SqlHistoryPlace;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.vector.VectorLimits;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.handler.FetchRoutes;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.launch.ModelReader;
import io.triport.identity.launch.PeersReader;
import io.triport.identity.launch.RedisReader;
import io.triport.identity.socket.SocketRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ports are served beside KV, and what they have.
 *
 * @param databases that are made at the start where there are none yet
 * @param sqlHistory none or one, where their earlier states are kept as well
 * @param sqlServer where they are, with storage on PostgreSQL
 * @param peers none or one, by which nodes hand on what is for durable objects
 * @param indexes the same as databases
 */
public record RemoteSettings(
        Set<RemotePort> on,
        List<DatabaseName> databases,
        List<SqlHistoryPlace> sqlHistory,
        SqlServer sqlServer,
        Queues queues,
        Set<BucketName> buckets,
        DurableCode classes,
        List<NodeLink> peers,
        Caches caches,
        List<IndexPlan> indexes,
        ModelBindings models) {
    private static final Value<DatabaseName> DATABASE =
            new Value<>("1..64 of a-z, A-Z, 0-9, '.', '_' and '-'", DatabaseName::new);
    private static final Value<QueueName> QUEUE = new Value<>("the name of another queue here", QueueName::new);
    private static final Value<BucketName> BUCKET =
            new Value<>("3..63 of a-z, 0-9, '.' and '-', as S3 has them", BucketName::new);

    private static final Value<SqlServer> REPLICA =
            new Value<>("host or host:port", host -> new SqlServer(List.of(host)));

    private static final Value<CacheName> CACHE =
            new Value<>("1..64 of a-z, A-Z, 0-9, '.', '_' and '-'", CacheName::new);
    private static final String IN_MEMORY = "memory";
    private static final Value<String> CACHE_DIRECTORY =
            Value.matching("\\P{Cntrl}{1,4096}", "the path of a directory");
    private static final ByteSize LARGEST_CACHE = ByteSize.ofMiB(1_048_576);

    /** @param memory for all of them together */
    public record Caches(Set<CacheName> names, ByteSize memory, CachePlace place) {
        public Caches {
            names = Set.copyOf(names);
        }

        private static Caches read(Section kv) {
            var names = kv.list("caches", CACHE, "Caches of the port cache.");
            var memory = kv.value(
                    "cache-memory",
                    Value.size(ByteSize.ofMiB(1), LARGEST_CACHE),
                    "64MiB",
                    "What the responses of all caches take together in memory.");
            var place = place(kv);
            if (names.isEmpty() && place instanceof CachePlace.MemoryAndDisk) {
                throw kv.error("cache-directory", "a directory", "none without caches");
            }
            return new Caches(new HashSet<>(names), memory, place);
        }

        private static CachePlace place(Section kv) {
            var store = kv.value(
                    "cache-store",
                    RedisReader.serverOr(IN_MEMORY),
                    IN_MEMORY,
                    "Where responses are: in the memory of the node, or on a Redis or Valkey server, for all nodes.");
            var server = RedisReader.read(
                    kv, "cache-store", Optional.of(store).filter(address -> !address.equals(IN_MEMORY)));
            var disk = disk(kv);
            if (server.isEmpty()) {
                return disk.<CachePlace>map(here -> here).orElseGet(CachePlace.Memory::new);
            }
            if (disk.isPresent()) {
                throw kv.error("cache-directory", "a directory", "none beside a server in cache-store");
            }
            return new CachePlace.Shared(server.get());
        }

        private static Optional<CachePlace.MemoryAndDisk> disk(Section kv) {
            var directory = kv.optional(
                    "cache-directory",
                    CACHE_DIRECTORY,
                    "Where bodies above 64 KiB lie instead of in memory: a directory for nothing else, which each"
                            + " start empties.");
            var most = kv.optional(
                    "cache-disk",
                    Value.size(ByteSize.ofMiB(1), LARGEST_CACHE),
                    "What the bodies in that directory take together, without those that are just coming.");
            if (directory.isPresent() && most.isEmpty()) {
                throw kv.error("cache-disk", "nothing", "a size, beside cache-directory");
            }
            if (most.isPresent() && directory.isEmpty()) {
                throw kv.error("cache-directory", "nothing", "a directory, beside cache-disk");
            }
            return directory.map(path -> new CachePlace.MemoryAndDisk(path, most.orElseThrow()));
        }

        /** One response may take all. */
        private CachePlan plan() {
            var most = place instanceof CachePlace.MemoryAndDisk(var directory, var disk) ? disk : memory;
            var largest = Math.min(most.bytes(), ByteSize.ofMiB(512).bytes());
            return new CachePlan(new CacheLimits(memory, ByteSize.ofBytes(largest)), place);
        }
    }

    /** Where queues lie. */
    public sealed interface QueueHome {}

    /** Where the keys lie. */
    public record OnEngine() implements QueueHome {}

    public record OnServer(QueueServer server) implements QueueHome {}

    public record Queues(QueueDefinitions definitions, QueueHome home) {
        private static final String HOST = "://[^\\s@/,]+";
        private static final Value<String> SERVER = Value.matching(
                "nats%1$s(,nats%1$s)*|tls%1$s(,tls%1$s)*".formatted(HOST),
                "nats://host[:port] or tls://host[:port], several with commas");

        private static Queues read(Section kv) {
            var definitions = queues(kv.section("queues"));
            var address = kv.optional(
                    "queue-store", SERVER, "A NATS server with JetStream on which all queues lie, for all nodes.");
            var user = kv.value(
                    "queue-store-user", Value.matching("\\S{0,128}", "0..128 characters"), "", "Who logs in there.");
            var password = kv.secret(
                    "queue-store-password", "Password of that user, or a token where there is none, by reference.");
            var stream = kv.value(
                    "queue-store-stream",
                    Value.matching("[A-Za-z0-9_-]{1,64}", "1..64 letters, digits, '-' and '_'"),
                    "triport-queues",
                    "The stream of the queues there, which is made where there is none.");
            var replicas = kv.value(
                    "queue-store-replicas",
                    Value.matching("[135]", "1, 3 or 5"),
                    "1",
                    "On how many servers of a cluster that stream lies.");
            if (address.isPresent() && definitions.byName().isEmpty()) {
                throw kv.error("queue-store", "a server", "none without queues");
            }
            return new Queues(
                    definitions,
                    address.<QueueHome>map(server -> new OnServer(new QueueServer(
                                    server, user, password.orElse(Secret.of("")), stream, Integer.parseInt(replicas))))
                            .orElse(new OnEngine()));
        }
    }

    public RemoteSettings {
        on = Set.copyOf(on);
        databases = List.copyOf(databases);
        sqlHistory = List.copyOf(sqlHistory);
        peers = List.copyOf(peers);
        buckets = Set.copyOf(buckets);
        indexes = List.copyOf(indexes);
    }

    /** @throws io.triport.identity.config.ConfigError for a port that has nothing to serve, and for what no port serves */
    public static RemoteSettings read(Section kv) {
        var on = EnumSet.noneOf(RemotePort.class);
        on.addAll(kv.list(
                "ports",
                Value.oneOf(RemotePort.values()),
                "Ports beside KV that are served, each below /zin/ and its name."));
        var databases = kv.list("databases", DATABASE, "Databases of the port sql; those that are not there are made.");
        var replicas = kv.list(
                "sql-replicas",
                REPLICA,
                "Copies of the PostgreSQL server of storage, which sessions of the port sql may read from.");
        var history = new HistoryReader(kv.section("sql-history")).read();
        var queues = Queues.read(kv);
        var buckets = kv.list("buckets", BUCKET, "Buckets of the port object, in the data directory.");
        var classes = ClassReader.read(kv.section("classes"));
        var peers = PeersReader.read(kv.section("peers"));
        var caches = Caches.read(kv);
        var indexes = IndexPlan.read(kv.section("indexes"));
        var models = ModelReader.read(kv);
        require(kv, on, RemotePort.SQL, databases.isEmpty());
        require(kv, on, RemotePort.QUEUE, queues.definitions().byName().isEmpty());
        require(kv, on, RemotePort.OBJECT, buckets.isEmpty());
        require(kv, on, RemotePort.DO, classes.instances().isEmpty());
        require(kv, on, RemotePort.CACHE, caches.names().isEmpty());
        require(kv, on, RemotePort.VECTOR, indexes.isEmpty());
        require(kv, on, RemotePort.AI, models.models().isEmpty());
        if (databases.isEmpty() && !replicas.isEmpty()) {
            throw kv.error("sql-replicas", "some", "none without databases");
        }
        if (databases.isEmpty() && history.isPresent()) {
            throw kv.error("sql-history", "a place", "none without databases");
        }
        if (peers.isPresent() && !on.contains(RemotePort.DO)) {
            throw kv.error("peers", "some", "none without do in ports");
        }
        var sqlServer = new SqlServer(
                replicas.stream().flatMap(one -> one.replicas().stream()).toList());
        return new RemoteSettings(
                on,
                databases,
                history.stream().toList(),
                sqlServer,
                queues,
                new HashSet<>(buckets),
                classes,
                peers.stream().toList(),
                caches,
                indexes,
                models);
    }

    private static void require(Section kv, Set<RemotePort> on, RemotePort port, boolean empty) {
        if (on.contains(port) && empty) {
            throw kv.error(port.resources(), "none", "one or more, beside " + port + " in ports");
        }
        if (!on.contains(port) && !empty) {
            throw kv.error(
                    "ports", on.toString().toLowerCase(Locale.ROOT), port + " among them, beside " + port.resources());
        }
    }

    private static QueueDefinitions queues(Section section) {
        var plain = new HashMap<QueueName, QueueDefinition>();
        var dead = new HashMap<QueueName, QueueName>();
        section.each(each -> {
            var definition = queue(section, each);
            each.optional("dead-letters", QUEUE, "Where messages go that were delivered too often; none drops them.")
                    .ifPresent(other -> dead.put(definition.name(), other));
            return plain.put(definition.name(), definition);
        });
        var all = new ArrayList<QueueDefinition>();
        plain.forEach((name, definition) -> all.add(Optional.ofNullable(dead.get(name))
                .map(other -> definition.deadLettersTo(known(section, name, other, plain)))
                .orElse(definition)));
        return QueueDefinitions.of(all.toArray(QueueDefinition[]::new));
    }

    private static QueueDefinition known(
            Section section, QueueName name, QueueName other, Map<QueueName, QueueDefinition> all) {
        var found = all.get(other);
        if (found == null || other.equals(name)) {
            throw section.error(name + ".dead-letters", other.text(), "another queue here");
        }
        return found;
    }

    private static QueueDefinition queue(Section all, Section section) {
        var delay = section.value(
                "delay",
                Value.duration(Duration.ZERO, QueueLimits.LONGEST_DELAY),
                "0s",
                "How long messages are kept back that say nothing else.");
        var retention = section.value(
                "retention",
                Value.duration(QueueLimits.SHORTEST_RETENTION, QueueLimits.LONGEST_RETENTION),
                "4d",
                "How long a message is kept at most.");
        var retries = section.value(
                "retries",
                Value.integer(0, QueueLimits.MOST_RETRIES),
                Integer.toString(QueueLimits.RETRIES),
                "Deliveries after the first.");
        var retryDelay = section.value(
                "retry-delay",
                Value.duration(Duration.ZERO, QueueLimits.LONGEST_DELAY),
                "0s",
                "How long before the next delivery, where the consumer says nothing else.");
        try {
            return QueueDefinition.of(new QueueName(section.name()))
                    .delayed(delay)
                    .keptFor(retention)
                    .retried(retries, retryDelay);
        } catch (InvalidInput e) {
            throw all.error(section.name(), "not a name of a queue", e.expectation());
        }
    }

    /**
     * What the stores of the ports ask for, and the routes, where there are any.
     *
     * @param tokenParameters of queries, which are for identity and for nobody behind it
     */
    public List<Object> beans(Set<String> tokenParameters) {
        var beans = new ArrayList<Object>();
        var routes = new ArrayList<OnFetch>();
        for (var port : on) {
            switch (port) {
                case SQL -> {
                    beans.add(SqlLimits.USUAL);
                    beans.add(sqlServer);
                    beans.addAll(sqlHistory);
                    routes.addAll(SqlCalls.all());
                }
                case QUEUE -> {
                    beans.add(queues.definitions());
                    routes.addAll(
                            switch (queues.home()) {
                                case OnEngine engine -> QueueCalls.all(QueueCalls.Place.ENGINE);
                                case OnServer(var server) -> {
                                    beans.add(server);
                                    yield QueueCalls.all(QueueCalls.Place.ELSEWHERE);
                                }
                            });
                }
                case OBJECT -> {
                    beans.add(new NodeBuckets(buckets));
                    routes.addAll(ObjectCalls.all());
                }
                case DO -> {
                    beans.add(classes);
                    beans.addAll(peers);
                    routes.addAll(DurableCalls.all());
                    beans.add(new SocketRoutes(DurableCalls.sockets(tokenParameters)));
                }
                case CACHE -> {
                    beans.add(caches.plan());
                    routes.addAll(CacheCalls.all(caches.names()));
                }
                case VECTOR -> {
                    beans.add(VectorLimits.USUAL);
                    routes.addAll(VectorCalls.all());
                }
                case AI -> {
                    beans.add(models);
                    routes.addAll(ModelCalls.all(models));
                }
            }
        }
        if (!routes.isEmpty()) {
            beans.add(new FetchRoutes(routes));
        }
        return beans;
    }
}
