package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Databases, queues and other ports over HTTP, on a KV proxy that serves them. Each test has a database, table or queue of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RemotePortsTest {
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [sql, queue, object, cache, vector]
            databases: [main, copy, private]
            buckets: [files]
            caches: [pages]
            indexes:
              docs: {dimensions: 2, strings: [kind]}
            queues:
              jobs: {retries: 1, dead-letters: failed}
              failed: {}
              typed: {}
              once: {}
              kept: {}
              counted: {delay: 1h}
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes:
                  - sql.query
                  - sql.write
                  - queue.send
                  - queue.pull
                  - queue.settle
                  - queue.peek
                  - queue.metrics
                  - object.get
                  - object.put
                  - cache.put
                  - cache.match
                  - vector.write
                  - vector.query
                databases: ["*"]
                queues: ["*"]
                buckets: [files]
                caches: [pages]
                indexes: [docs]
                prefixes: [""]
              reader: {secrets: ["${env:READER}"], scopes: [sql.query, sql.write], databases: [main]}
              looker: {secrets: ["${env:LOOKER}"], scopes: [sql.query], databases: [main]}
              sender: {secrets: ["${env:SENDER}"], scopes: [queue.send], queues: [jobs]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "all-remote-secret-0123456789abcdef-0123456789",
            "READER", "reader-remote-secret-0123456789abcdef-012345",
            "LOOKER", "looker-remote-secret-0123456789abcdef-012345",
            "SENDER", "sender-remote-secret-0123456789abcdef-012345");
    private static final Pattern LEASE = Pattern.compile("\"lease\":\"([^\"]+)\"");
    private static final Pattern BODY = Pattern.compile("\"body\":([0-9]+)");

    private final WireClient all = client("all");

    @TempDir
    static Path directory;

    private AppProcess node;

    @BeforeAll
    void start() throws IOException {
        var file = Files.writeString(directory.resolve("kv.yml"), CONFIGURATION);
        node = KvNode.start(directory, "remote", SECRETS, "--config", file.toString());
    }

    @AfterAll
    void stop() {
        all.close();
        node.close();
    }

    @Test
    void values_of_every_kind_come_back_with_all_their_digits() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE kinds(a, b, c, d, e, f)'}");
        ok(
                "sql/query",
                "{'database':'main','sql':'INSERT INTO kinds VALUES (?,?,?,?,?,?)',"
                        + "'params':[null,true,9007199254740993,1.5,'é',[0,255]]}");

        var rows = ok("sql/query", "{'database':'main','sql':'SELECT * FROM kinds'}");
        assertThat(rows)
                .contains(
                        "\"results\":[{\"a\":null,\"b\":1,\"c\":9007199254740993,\"d\":1.5,\"e\":\"é\",\"f\":[0,255]}]");

        var strings = send(all.signPath("/zin/sql/query", json("{'database':'main','sql':'SELECT c, b FROM kinds'}"))
                .with("Triport-Int64", "string"));
        assertThat(strings.body()).contains("\"c\":\"9007199254740993\",\"b\":1");
    }

    @Test
    void raw_rows_keep_two_columns_of_one_name() throws IOException {
        assertThat(ok("sql/raw", "{'database':'main','sql':'SELECT 1 AS a, 2 AS a'}"))
                .contains("\"columns\":[\"a\",\"a\"],\"rows\":[[1,2]]");
        assertThat(ok("sql/query", "{'database':'main','sql':'SELECT 1 AS a, 2 AS a'}"))
                .contains("\"results\":[{\"a\":2}]");
    }

    @Test
    void a_batch_is_all_or_nothing_and_names_the_statement_that_failed() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE batch(a INTEGER PRIMARY KEY)'}");

        var failed = call(
                "sql/batch",
                "{'database':'main','statements':[{'sql':'INSERT INTO batch VALUES (1)'},"
                        + "{'sql':'INSERT INTO batch VALUES (?)','params':[1]}]}");

        assertThat(failed.status()).isEqualTo(409);
        assertThat(failed.body()).contains("\"code\":\"CONFLICT\"", "\"index\":1", "SQLITE_CONSTRAINT");
        assertThat(ok("sql/query", "{'database':'main','sql':'SELECT count(*) AS n FROM batch'}"))
                .contains("\"n\":0");
    }

    @Test
    void two_statements_in_one_are_refused() throws IOException {
        var refused = call("sql/query", "{'database':'main','sql':'SELECT 1; SELECT 2'}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("MULTIPLE_STATEMENTS");
    }

    @Test
    void bodies_that_say_something_else_are_refused_with_the_member_that_is_wrong() throws IOException {
        var wrong = Map.of(
                "{'sql':'SELECT 1'}", "database",
                "{'database':'..','sql':'SELECT 1'}", "database",
                "{'database':'main'}", "sql",
                "{'database':'main','sql':1}", "sql",
                "{'database':'main','sql':'SELECT ?','params':[99999999999999999999]}", "parameter",
                "{'database':'main','sql':'SELECT ?','params':[1e999]}", "parameter",
                "{'database':'main','sql':'SELECT ?','params':[[256]]}", "parameter",
                "{'database':'main','sql':'SELECT ?','params':[{}]}", "parameter",
                "[]", "body");
        for (var each : wrong.entrySet()) {
            var answer = call("sql/query", each.getKey());
            assertThat(answer.status()).as(each.getKey()).isEqualTo(400);
            assertThat(answer.body()).as(each.getKey()).contains("BAD_REQUEST", each.getValue());
        }
        assertThat(call("sql/query", "{").body()).contains("INVALID_JSON");
    }

    @Test
    void a_bookmark_of_an_answer_begins_the_next_session() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE marked(a)'}");
        var written = call("sql/query", "{'database':'main','sql':'INSERT INTO marked VALUES (1)'}");
        var bookmark = written.headers().getOrDefault("triport-bookmark", "");

        var read = send(all.signPath("/zin/sql/query", json("{'database':'main','sql':'SELECT a FROM marked'}"))
                .with("Triport-Bookmark", bookmark));
        var foreign = send(all.signPath("/zin/sql/query", json("{'database':'copy','sql':'SELECT 1'}"))
                .with("Triport-Bookmark", bookmark));
        var none = send(all.signPath("/zin/sql/query", json("{'database':'main','sql':'SELECT 1'}"))
                .with("Triport-Bookmark", "yesterday"));

        assertThat(bookmark).matches("[0-9a-f]{8}(-[0-9a-f]{8}){2}-[0-9a-f]{32}");
        assertThat(read.body()).contains("\"a\":1");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void a_key_reads_and_writes_as_far_as_it_reaches() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE reached(a)'}");

        try (var looker = client("looker");
                var reader = client("reader")) {
            var select = json("{'database':'main','sql':'SELECT a FROM reached'}");
            var insert = json("{'database':'main','sql':'INSERT INTO reached VALUES (1)'}");
            var elsewhere = json("{'database':'private','sql':'SELECT 1'}");
            assertThat(send(looker.signPath("/zin/sql/query", select)).status()).isEqualTo(200);
            assertThat(send(looker.signPath("/zin/sql/query", insert)).status()).isEqualTo(403);
            assertThat(send(looker.signPath("/zin/sql/exec", insert)).says("SCOPE_DENIED"))
                    .isTrue();
            assertThat(send(reader.signPath("/zin/sql/query", insert)).status()).isEqualTo(200);
            assertThat(send(reader.signPath("/zin/sql/query", elsewhere)).says("DENIED"))
                    .isTrue();
        }
        assertThat(call("sql/query", "{'database':'nowhere','sql':'SELECT 1'}").status())
                .isEqualTo(404);
    }

    @Test
    void an_export_loaded_elsewhere_is_the_same_database() throws IOException {
        ok(
                "sql/exec",
                "{'database':'main','sql':'CREATE TABLE carried(a); INSERT INTO carried VALUES (9007199254740993)'}");
        var script = ok("sql/export", "{'database':'main'}");

        ok("sql/import", "{\"database\":\"copy\",\"sql\":" + quoted(script) + "}");

        assertThat(ok("sql/query", "{'database':'copy','sql':'SELECT a FROM carried'}"))
                .contains("\"a\":9007199254740993");
    }

    @Test
    void a_repeated_call_has_one_effect_and_one_answer() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE repeated(a INTEGER PRIMARY KEY)'}");
        var insert = json("{'database':'main','sql':'INSERT INTO repeated DEFAULT VALUES'}");
        var failing = json("{'database':'main','sql':'INSERT INTO missing VALUES (1)'}");

        var first = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "one"));
        var second = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "one"));
        var other = send(all.signPath("/zin/sql/query", failing).with("Idempotency-Key", "one"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.says("IDEMPOTENCY_CONFLICT")).isTrue();
        assertThat(ok("sql/query", "{'database':'main','sql':'SELECT count(*) AS n FROM repeated'}"))
                .contains("\"n\":1");
    }

    @Test
    void a_long_answer_is_given_once_and_the_call_has_one_effect_all_the_same() throws IOException {
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE long(a)'}");
        var insert = json("{'database':'main','sql':'INSERT INTO long VALUES (hex(zeroblob(600000))) RETURNING a'}");

        var first = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "long"));
        var second = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "long"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).hasSizeGreaterThan(1_200_000);
        assertThat(second.status()).isEqualTo(413);
        assertThat(ok("sql/query", "{'database':'main','sql':'SELECT count(*) AS n FROM long'}"))
                .contains("\"n\":1");
    }

    @Test
    void a_named_call_that_had_no_effect_may_be_made_again() throws IOException {
        var insert = json("{'database':'main','sql':'INSERT INTO later VALUES (1)'}");

        var before = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "later"));
        ok("sql/exec", "{'database':'main','sql':'CREATE TABLE later(a)'}");
        var after = send(all.signPath("/zin/sql/query", insert).with("Idempotency-Key", "later"));

        assertThat(before.status()).isEqualTo(400);
        assertThat(after.status()).isEqualTo(200);
    }

    @Test
    void a_named_call_whose_body_is_wrong_is_refused_as_often_as_it_comes() throws IOException {
        var wrong = json("{'database':'main','sql':'SELECT ?','params':[{}]}");

        for (var time = 0; time < 2; time++) {
            var answer = send(all.signPath("/zin/sql/query", wrong).with("Idempotency-Key", "wrong"));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void a_message_is_pulled_retried_and_ends_among_the_dead_letters() throws IOException {
        ok("queue/send", "{'queue':'jobs','body':{'n':1}}");

        var first = ok("queue/pull", "{'queue':'jobs'}");
        assertThat(first).contains("\"type\":\"json\",\"body\":{\"n\":1},\"attempts\":1", "\"producer\":\"hmac:all\"");
        assertThat(ok("queue/ack", "{'queue':'jobs','retries':[{'lease':'" + lease(first) + "'}]}"))
                .contains("\"retried\":1");
        var second = ok("queue/pull", "{'queue':'jobs'}");
        assertThat(second).contains("\"attempts\":2");
        ok("queue/ack", "{'queue':'jobs','retries':[{'lease':'" + lease(second) + "'}]}");

        assertThat(ok("queue/pull", "{'queue':'jobs'}")).isEqualTo("{\"messages\":[]}");
        var dead = ok("queue/pull", "{'queue':'failed'}");
        assertThat(dead).contains("\"body\":{\"n\":1},\"attempts\":1", "\"origin\":{\"queue\":\"jobs\"");
        assertThat(ok("queue/ack", "{'queue':'failed','acks':['" + lease(dead) + "']}"))
                .contains("\"acked\":1,\"retried\":0,\"warnings\":[]");
        assertThat(ok("queue/ack", "{'queue':'failed','acks':['" + lease(dead) + "']}"))
                .contains("\"acked\":0", "\"why\":\"gone\"");
    }

    @Test
    void bodies_of_every_type_are_told_as_they_were_sent() throws IOException {
        ok(
                "queue/send-batch",
                "{'queue':'typed','messages':[{'body':[1.10,null]},{'type':'text','body':'é'},{'type':'bytes','body':'AP8='}]}");

        assertThat(ok("queue/peek", "{'queue':'typed'}"))
                .contains("\"body\":[1.10,null]", "\"body\":\"é\"", "\"type\":\"bytes\",\"body\":\"AP8=\"")
                .contains("\"attempts\":0");
        assertThat(call("queue/send", "{'queue':'typed','type':'bytes','body':'no base64'}")
                        .status())
                .isEqualTo(400);
        assertThat(call("queue/send", "{'queue':'typed'}").status()).isEqualTo(400);
        assertThat(call("queue/send-batch", "{'queue':'typed','messages':[]}").status())
                .isEqualTo(400);
        assertThat(call("queue/pull", "{'queue':'typed','batchSize':0}").status())
                .isEqualTo(400);
        assertThat(call("queue/pull", "{'queue':'typed','batchSize':1e99999999999}")
                        .status())
                .isEqualTo(400);
        assertThat(call("queue/send", "{'queue':'typed','body':1,'delaySeconds':-1}")
                        .status())
                .isEqualTo(400);
        assertThat(call("queue/send", "{'queue':'nowhere','body':1}").status()).isEqualTo(404);
    }

    @Test
    void a_send_that_is_repeated_has_one_effect() throws IOException {
        var send = json("{'queue':'once','body':1}");

        var first = send(all.signPath("/zin/queue/send", send).with("Idempotency-Key", "one"));
        var second = send(all.signPath("/zin/queue/send", send).with("Idempotency-Key", "one"));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ok("queue/metrics", "{'queue':'once'}")).contains("\"backlogCount\":1");
    }

    @Test
    void a_key_sends_to_its_queue_and_does_nothing_else() throws IOException {
        try (var sender = client("sender")) {
            var own = json("{'queue':'counted','body':1}");
            var refused = sender.signPath("/zin/queue/send", own);
            var pull = sender.signPath("/zin/queue/pull", json("{'queue':'jobs'}"));

            assertThat(send(refused).says("DENIED")).isTrue();
            assertThat(send(pull).says("SCOPE_DENIED")).isTrue();
        }
    }

    @Test
    void an_object_comes_back_as_it_was_sent() throws IOException {
        var text = "object ".repeat(15_000);
        var put = send(all.signMethod("PUT", "/zin/object/files/a/b.txt", text).with("Content-Type", "text/plain"));

        var got = send(all.signMethod("GET", "/zin/object/files/a/b.txt", ""));

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(text);
        assertThat(got.headers().get("content-type")).isEqualTo("text/plain");
    }

    @Test
    void the_nearest_vectors_are_found_in_an_index_that_the_configuration_names() throws IOException {
        var inserted = ok(
                "vector/docs/insert",
                "{'vectors':[{'id':'a','values':[1,0],'metadata':{'kind':'x'}},{'id':'b','values':[0,1]}]}");

        assertThat(inserted).contains("\"count\":2");
        assertThat(ok("vector/docs/query", "{'vector':[0.9,0.1],'topK':1,'filter':{'kind':'x'}}"))
                .contains("\"count\":1", "\"id\":\"a\"");
    }

    @Test
    void a_response_is_matched_after_it_was_put() throws IOException {
        var request = "GET https://example.com/a HTTP/1.1\r\n\r\n";
        var response = "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=3600\r\n\r\nhello";

        var put = send(all.signSearch("/zin/cache/put", "?cache=pages", request + response));
        var matched = send(all.signSearch("/zin/cache/match", "?cache=pages", request));

        assertThat(put.body()).isEqualTo("{\"stored\":true,\"length\":5}");
        assertThat(matched.body())
                .startsWith("HTTP/1.1 200 ")
                .contains("cf-cache-status: HIT")
                .endsWith("\r\n\r\nhello");
    }

    @Test
    void ports_that_are_not_named_are_not_there() throws IOException {
        assertThat(call("ai/models", "{}").status()).isEqualTo(404);
    }

    @Test
    void no_acknowledged_message_is_lost_when_the_process_is_killed() throws IOException {
        for (var batch = 0; batch < 10; batch++) {
            var first = batch * 100;
            var messages = IntStream.range(first, first + 100)
                    .mapToObj(number -> "{'body':" + number + "}")
                    .collect(Collectors.joining(","));
            ok("queue/send-batch", "{'queue':'kept','messages':[" + messages + "]}");
        }
        node.kill();
        start();

        var seen = new HashSet<String>();
        for (var page = ok("queue/pull", PULL_100); page.contains("\"body\""); page = ok("queue/pull", PULL_100)) {
            BODY.matcher(page).results().forEach(found -> seen.add(found.group(1)));
        }
        assertThat(seen).hasSize(1_000);
    }

    private static final String PULL_100 = "{'queue':'kept','batchSize':100,'visibilityMs':600000}";

    private static WireClient client(String key) {
        return new WireClient(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))));
    }

    private String ok(String path, String body) throws IOException {
        var answer = call(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private WireClient.Answer call(String path, String body) throws IOException {
        return send(all.signPath("/zin/" + path, json(body)));
    }

    private WireClient.Answer send(WireClient.Signed signed) throws IOException {
        return all.send(node.address(), signed);
    }

    /** Bodies are easier to read with the other quotes; those with double ones are left as they are. */
    private static String json(String text) {
        return text.contains("\"") ? text : text.replace('\'', '"');
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String lease(String answer) {
        var found = LEASE.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return found.group(1);
    }
}
