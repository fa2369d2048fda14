package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.RegisterHistory;
import io.triport.testkit.RegisterHistory.Attempt;
import io.triport.testkit.RegisterHistory.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What many clients ask of nodes that are disturbed, and what they were told. What was acknowledged has to be there, what was refused
 * must not, and what nobody knows of may. Safe for many threads.
 */
final class ClusterCalls implements AutoCloseable {
    /** What the nodes have to offer, and to whom. */
    static final String SETTINGS = """
            ports: [queue, sql, do]
            queues: {jobs: {}}
            databases: [ledger]
            classes: {counters: {code: io.triport.e2e.kv.CounterObject}}
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [kv.get, kv.put, queue.send, queue.pull, queue.settle, sql.query, sql.write, do.read, do.turn]
                namespaces: ["*"]
                prefixes: [""]
                queues: [jobs]
                databases: [ledger]
                classes: [counters]
        """;

    static final Map<String, String> SECRETS = Map.of("ALL", TestKeyMap.ALL_SECRET);

    /** Requests that are sent again at the end, spread over all that were answered. */
    private static final int REPLAYED = 100;

    /** As much as one line of the journal has of an answer. */
    private static final int SHOWN = 200;

    private static final Pattern NUMBER = Pattern.compile("\\{\"value\":(null|\\d+)}");
    private static final Pattern BODY = Pattern.compile("\"lease\":\"([^\"]+)\".*?\"body\":(\\d+)");
    private static final Pattern ROW = Pattern.compile("\"number\":(\\d+)");

    private final WireClient client = TestKeyMap.all();
    private final Registers registers = new Registers("register-");
    private final Registers counters = new Registers("counter-");
    private final KeptNumbers sent = new KeptNumbers();
    private final KeptNumbers inserted = new KeptNumbers();
    private final ConcurrentLinkedQueue<WireClient.Signed> answered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> journal = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Makes what they need. */
    void begin(ClusterNode node) {
        sure(node, () -> sql("CREATE TABLE entry (number INTEGER)"));
    }

    /** One call of a kind that is drawn. */
    void call(ClusterNode node, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> registers.next().call(key -> put(node, key));
            case 2, 3 -> registers.next().call(key -> get(node, key));
            case 4 -> {
                var number = numbers.incrementAndGet();
                sent.add(number, ask(node, queue("send", "\"body\":" + number)));
            }
            case 5 -> {
                var number = numbers.incrementAndGet();
                inserted.add(number, ask(node, sql("INSERT INTO entry VALUES (" + number + ")")));
            }
            default -> counters.next().call(name -> count(node, name));
        }
    }

    /** How many requests were done. */
    int answers() {
        return answers.get();
    }

    /** Asks what there is in the end, and whether one node that was never disturbed could have told what was told. */
    void assertExplained(List<ClusterNode> nodes) {
        assertThat(registers.unexplained()).isEmpty();
        assertThat(counters.unexplained()).isEmpty();
        sent.assertExplain(pulled(nodes.getFirst()));
        inserted.assertExplain(rows(nodes.getLast()));
        assertNobodyIsAnsweredTwice(nodes);
    }

    /** What there was of what. */
    String summary() {
        return "%d answers, %d registers, %d counters, %d messages, %d rows"
                .formatted(answers(), registers.count(), counters.count(), sent.count(), inserted.count());
    }

    /** Writes what was asked and told, in the order of the answers. */
    void keep(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line between those of the calls. */
    void note(String line) {
        journal.add(line);
    }

    private Attempt put(ClusterNode node, String key) {
        var value = numbers.incrementAndGet();
        IntUnaryOperator effect = before -> value;
        var body = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"value\":" + value + "}";
        // The KV protocol has no code for what may have happened.
        var done = ask(node, client.sign("put", body)).done();
        return new Attempt(done ? Outcome.DONE : Outcome.UNKNOWN, effect);
    }

    private Attempt get(ClusterNode node, String key) {
        var body = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"type\":\"json\"}";
        var answer = ask(node, client.sign("get", body));
        if (!answer.done()) {
            return new Attempt(Outcome.NOTHING, before -> before);
        }
        var matched = NUMBER.matcher(answer.body());
        assertThat(matched.matches()).as(answer.body()).isTrue();
        var seen = matched.group(1).equals("null") ? RegisterHistory.ABSENT : Integer.parseInt(matched.group(1));
        return new Attempt(Outcome.DONE, before -> before == seen ? before : RegisterHistory.IMPOSSIBLE);
    }

    private Attempt count(ClusterNode node, String name) {
        var answer = ask(node, client.signMethod("POST", "/zin/do/counters/" + name + "/", ""));
        return switch (answer.told()) {
            case DONE -> {
                var counted = Integer.parseInt(answer.body());
                yield new Attempt(Outcome.DONE, before -> before + 1 == counted ? counted : RegisterHistory.IMPOSSIBLE);
            }
            case REFUSED -> new Attempt(Outcome.NOTHING, before -> before + 1);
            case UNKNOWN -> new Attempt(Outcome.UNKNOWN, before -> before + 1);
        };
    }

    private ClusterAnswer ask(ClusterNode node, WireClient.Signed request) {
        var asked = node.name() + " " + request.method() + " " + request.path() + " " + request.body();
        try {
            var answer = client.send(node.address(), request);
            var body = answer.body();
            note(asked + " -> " + answer.status() + " " + body.substring(0, Math.min(body.length(), SHOWN)));
            var told = ClusterAnswer.of(answer);
            if (told.done()) {
                answers.incrementAndGet();
                answered.add(request);
            }
            return told;
        } catch (IOException e) {
            note(asked + " -> " + e);
            return ClusterAnswer.NONE;
        }
    }

    /** Asks until it is done: the last disturbance may not be quite over. */
    private String sure(ClusterNode node, Supplier<WireClient.Signed> request) {
        var bodies = new ArrayList<String>();
        Within.reason("an answer", () -> {
            var answer = ask(node, request.get());
            bodies.add(answer.body());
            return answer.done();
        });
        return bodies.getLast();
    }

    private WireClient.Signed sql(String statement) {
        return client.signPath("/zin/sql/query", "{\"database\":\"ledger\",\"sql\":\"" + statement + "\"}");
    }

    private WireClient.Signed queue(String operation, String more) {
        return client.signPath("/zin/queue/" + operation, "{\"queue\":\"jobs\"," + more + "}");
    }

    private List<Integer> pulled(ClusterNode node) {
        var found = new ArrayList<Integer>();
        for (var page = pull(node); !page.isEmpty(); page = pull(node)) {
            found.addAll(page.values());
            var acks = "\"acks\":[\"" + String.join("\",\"", page.keySet()) + "\"]";
            sure(node, () -> queue("ack", acks));
        }
        return found;
    }

    /** What is in the messages, by their leases. */
    private Map<String, Integer> pull(ClusterNode node) {
        var found = new HashMap<String, Integer>();
        var matched = BODY.matcher(sure(node, () -> queue("pull", "\"batchSize\":100,\"visibilityMs\":43200000")));
        while (matched.find()) {
            found.put(matched.group(1), Integer.parseInt(matched.group(2)));
        }
        return found;
    }

    private List<Integer> rows(ClusterNode node) {
        return ROW.matcher(sure(node, () -> sql("SELECT number FROM entry")))
                .results()
                .map(row -> Integer.parseInt(row.group(1)))
                .toList();
    }

    private void assertNobodyIsAnsweredTwice(List<ClusterNode> nodes) {
        assertThat(answered).isNotEmpty();
        var replayed = new ArrayList<>(answered);
        var every = Math.max(1, replayed.size() / REPLAYED);
        for (var number = 0; number < replayed.size(); number += every) {
            var request = replayed.get(number);
            for (var node : nodes) {
                assertThat(status(node, request)).isIn(401, 403, 409);
            }
        }
    }

    private int status(ClusterNode node, WireClient.Signed request) {
        try {
            return client.send(node.address(), request).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
