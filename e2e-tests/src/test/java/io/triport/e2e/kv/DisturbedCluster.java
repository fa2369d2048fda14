package io.triport.e2e.kv;

import io.triport.testkit.AtOnce;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.Relay;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Three KV proxies on one PostgreSQL that hand on to each other, while the ways that each has of its own are cut and lose answers and
 * nodes stand still and are killed. A seed says what happens to whom; how fast it goes is the machine's.
 */
final class DisturbedCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final int CLIENTS = 6;
    /** Answers for what was asked, between two disturbances. */
    private static final int ANSWERS_BETWEEN = 60;

    private final int seed;
    private final Place place;
    /** What to close, the last first. */
    private final Deque<Runnable> open = new ArrayDeque<>();

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final ClusterCalls calls = new ClusterCalls();
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Where its files are.
     *
     * @param server empty, for the database alone
     * @param nodes empty
     * @param kept where the journal goes if what was told cannot be
     */
    record Place(Path server, Path nodes, Path kept) {}

    private DisturbedCluster(int seed, Place place) {
        this.seed = seed;
        this.place = place;
        open.push(calls::close);
    }

    /**
     * Runs until all disturbances are over and what was told is judged.
     *
     * @param seed one that is even has its queues on NATS, not on PostgreSQL
     * @param disturbances one after the other
     * @return what there was, in one line
     */
    static String run(int seed, int disturbances, Place place) throws IOException {
        try (var cluster = new DisturbedCluster(seed, place)) {
            try {
                cluster.start();
                cluster.callAndDisturb(disturbances);
                cluster.calls.assertExplained(cluster.nodes);
            } catch (AssertionError wrong) {
                var journal = place.kept().resolve("seed-" + seed + ".txt");
                cluster.calls.keep(journal);
                throw new AssertionError("seed " + seed + "; what was asked and told is in " + journal, wrong);
            }
            return "seed " + seed + (cluster.onNats() ? ", queues on NATS: " : ": ") + cluster.calls.summary();
        }
    }

    private boolean onNats() {
        return seed % 2 == 0;
    }

    private void start() throws IOException {
        var database = PostgreSqlCluster.start(place.server());
        open.push(database::close);
        var servers = new ArrayList<>(List.of(database.port()));
        if (onNats()) {
            var nats = NatsProcess.start();
            open.push(nats::close);
            servers.add(nats.port());
        }
        certify();
        var code = ProvidedClass.in(place.nodes(), CounterObject.class);
        for (var number = 0; number < NODES; number++) {
            var ways = servers.stream().map(Relay::to).toList();
            var own = Files.createDirectory(place.nodes().resolve("node-" + number));
            var environment = new HashMap<>(ClusterCalls.SECRETS);
            environment.put(
                    "TRIPORT_STORAGE",
                    "postgresql://postgres@127.0.0.1:" + ways.getFirst().port() + "/postgres");
            var node = new ClusterNode(
                    new ClusterNode.Started(own, code, settings(own, ways.getLast()), environment), ways);
            open.push(node::close);
            nodes.add(node);
        }
        calls.begin(nodes.getFirst());
    }

    /** One certificate is that of all. */
    private void certify() throws IOException {
        var authority = new TlsAuthority("CN=nodes");
        authority.file(place.nodes().resolve("ca.pem"));
        var own = authority.issue("CN=node");
        own.certFile(place.nodes().resolve("cert.pem"));
        own.keyFile(place.nodes().resolve("key.pem"));
    }

    private Path settings(Path own, Relay last) throws IOException {
        var peers = "    peers: {listen: \"127.0.0.1:0\", ca: %1$s/ca.pem, cert: %1$s/cert.pem, key: %1$s/key.pem}\n"
                .formatted(place.nodes());
        var store = onNats() ? "    queue-store: nats://127.0.0.1:" + last.port() + "\n" : "";
        return Files.writeString(own.resolve("kv.yml"), "triport:\n  kv:\n" + peers + store + ClusterCalls.SETTINGS);
    }

    private void callAndDisturb(int disturbances) {
        AtOnce.run(CLIENTS + 1, caller -> () -> {
            var random = new Random(100L * seed + caller);
            if (caller == CLIENTS) {
                disturb(disturbances, random);
            } else {
                while (!ended.get()) {
                    var own = nodes.get(caller % NODES);
                    calls.call(own.dead() ? nodes.get((caller + 1) % NODES) : own, random);
                }
            }
            return caller;
        });
    }

    private void disturb(int disturbances, Random random) {
        try {
            for (var number = 0; number < disturbances; number++) {
                var node = nodes.get(random.nextInt(NODES));
                var what = Disturbance.values()[random.nextInt(Disturbance.values().length)];
                var way = random.nextInt(node.ways());
                calls.note("-- " + node.name() + " " + what + " way " + way);
                node.disturb(what, way, this::goOn);
                calls.note("-- " + node.name() + " " + what + " over");
                goOn();
            }
        } finally {
            ended.set(true);
        }
    }

    private void goOn() {
        var enough = calls.answers() + ANSWERS_BETWEEN;
        Within.reason("answers of the other nodes", () -> calls.answers() >= enough);
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
