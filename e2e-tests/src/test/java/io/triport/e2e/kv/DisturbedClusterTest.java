package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.RegisterHistory;
import io.triport.testkit.RegisterHistory.Attempt;
import io.triport.testkit.RegisterHistory.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three KV proxies on one PostgreSQL, to which each has a way of its own, while ways are cut and lose answers and nodes stand still and
 * are killed: what their callers hear is what one proxy that was never disturbed could have told.
 */
final class DisturbedClusterTest {
    private static final String SETTINGS = """
        triport:
          kv:
            ports: [queue]
            queues: {jobs: {}}
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [kv.get, kv.put, queue.send, queue.pull, queue.settle]
                namespaces: ["*"]
                prefixes: [""]
                queues: [jobs]
        """;
    private static final int NODES = 3;
    private static final int CLIENTS = 6;
    private static final int DISTURBANCES = 6;
    /** Answers for what was asked, between two disturbances. */
    private static final int ANSWERS_BETWEEN = 60;

    /** Requests that are sent again at the end, spread over all that were answered. */
    private static final int REPLAYED = 100;

    private static final Pattern NUMBER = Pattern.compile("\\{\"value\":(null|\\d+)}");
    private static final Pattern BODY = Pattern.compile("\"lease\":\"([^\"]+)\".*?\"body\":(\\d+)");

    @TempDir
    private Path serverDirectory;

    @TempDir
    private Path directory;

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final WireClient client = new WireClient("all", TestKeyMap.ALL_SECRET);
    private final Registers registers = new Registers();
    private final Set<Integer> offered = ConcurrentHashMap.newKeySet();
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<WireClient.Signed> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterEach
    void close() {
        nodes.forEach(ClusterNode::close);
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void three_disturbed_nodes_tell_what_one_would_have_told(int seed) throws Exception {
        var settings = Files.writeString(directory.resolve("kv.yml"), SETTINGS);
        var secrets = Map.of("ALL", TestKeyMap.ALL_SECRET);
        try (var database = PostgreSqlCluster.start(serverDirectory)) {
            for (var number = 0; number < NODES; number++) {
                nodes.add(ClusterNode.start(directory.resolve("node-" + number), database, secrets, settings));
            }
            AtOnce.run(CLIENTS + 1, caller -> () -> {
                var random = new Random(100L * seed + caller);
                if (caller == CLIENTS) {
                    disturb(random);
                } else {
                    callUntilTheEnd(nodes.get(caller % NODES), random);
                }
                return caller;
            });

            assertThat(registers.explained()).isTrue();
            assertNobodyIsAnsweredTwice();
            assertNothingIsLostOrMadeUp();
            nodes.forEach(ClusterNode::close);
        }
    }

    private void disturb(Random random) {
        try {
            for (var number = 0; number < DISTURBANCES; number++) {
                nodes.get(random.nextInt(NODES))
                        .disturb(Disturbance.values()[random.nextInt(Disturbance.values().length)], this::goOn);
                goOn();
            }
        } finally {
            ended.set(true);
        }
    }

    private void goOn() {
        var enough = answers.get() + ANSWERS_BETWEEN;
        Within.reason("answers of the other nodes", () -> answers.get() >= enough);
    }

    private void callUntilTheEnd(ClusterNode node, Random random) {
        while (!ended.get()) {
            switch (random.nextInt(5)) {
                case 0, 1 -> registers.next().call(key -> put(node, key));
                case 2, 3 -> registers.next().call(key -> get(node, key));
                default -> send(node);
            }
        }
    }

    private Attempt put(ClusterNode node, String key) {
        var value = numbers.incrementAndGet();
        IntUnaryOperator effect = before -> value;
        var body = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"value\":" + value + "}";
        var done = ask(node, client.sign("put", body)) != null;
        return new Attempt(done ? Outcome.DONE : Outcome.UNKNOWN, effect);
    }

    private Attempt get(ClusterNode node, String key) {
        var body = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"type\":\"json\"}";
        var said = ask(node, client.sign("get", body));
        if (said == null) {
            return new Attempt(Outcome.NOTHING, before -> before);
        }
        var matched = NUMBER.matcher(said);
        assertThat(matched.matches()).as(said).isTrue();
        var seen = matched.group(1).equals("null") ? RegisterHistory.ABSENT : Integer.parseInt(matched.group(1));
        return new Attempt(Outcome.DONE, before -> before == seen ? before : RegisterHistory.IMPOSSIBLE);
    }

    private void send(ClusterNode node) {
        var number = numbers.incrementAndGet();
        offered.add(number);
        if (ask(node, client.signPath("/zin/queue/send", "{\"queue\":\"jobs\",\"body\":" + number + "}")) != null) {
            accepted.add(number);
        }
    }

    /** Null where it was refused or nothing came. */
    private @Nullable String ask(ClusterNode node, WireClient.Signed request) {
        try {
            var answer = client.send(node.address(), request);
            if (!answer.ok()) {
                return null;
            }
            answers.incrementAndGet();
            answered.add(request);
            return answer.body();
        } catch (IOException e) {
            return null;
        }
    }

    private void assertNobodyIsAnsweredTwice() throws IOException {
        assertThat(answered).isNotEmpty();
        var every = Math.max(1, answered.size() / REPLAYED);
        var replayed = new ArrayList<>(answered);
        for (var number = 0; number < replayed.size(); number += every) {
            var request = replayed.get(number);
            for (var node : nodes) {
                assertThat(client.send(node.address(), request).status()).isIn(401, 403, 409);
            }
        }
    }

    private void assertNothingIsLostOrMadeUp() throws IOException {
        var found = new HashSet<Integer>();
        var address = nodes.getFirst().address();
        for (var page = pull(address); !page.isEmpty(); page = pull(address)) {
            found.addAll(page.values());
            var acks = "[\"" + String.join("\",\"", page.keySet()) + "\"]";
            var request = client.signPath("/zin/queue/ack", "{\"queue\":\"jobs\",\"acks\":" + acks + "}");
            assertThat(client.send(address, request).ok()).isTrue();
        }

        assertThat(found).containsAll(accepted);
        assertThat(offered).containsAll(found);
    }

    /** What is in the messages, by their leases. */
    private Map<String, Integer> pull(URI address) throws IOException {
        var request =
                client.signPath("/zin/queue/pull", "{\"queue\":\"jobs\",\"batchSize\":100,\"visibilityMs\":43200000}");
        var answer = client.send(address, request);
        assertThat(answer.ok()).as(answer.body()).isTrue();
        var found = new HashMap<String, Integer>();
        var matched = BODY.matcher(answer.body());
        while (matched.find()) {
            found.put(matched.group(1), Integer.parseInt(matched.group(2)));
        }
        return found;
    }
}
