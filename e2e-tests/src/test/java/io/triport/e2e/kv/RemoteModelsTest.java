package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Models over HTTP, on a KV proxy that serves them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RemoteModelsTest {
    private static final String CONFIGURATION = """
        triport:
          kv:
            ports: [ai]
            models:
              "@test/echo": {task: text-generation, adapter: echo, price-input: 0.5, price-unit: USD}
              "@test/hash": {task: text-embeddings, adapter: hash, dimensions: 4, max-input: 1KiB}
              "@test/passed": {task: other, adapter: echo}
            model-budget: {per-minute: 5000, per-day: 50000}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [ai.run], models: ["*"]}
              hash: {secrets: ["${env:HASH}"], scopes: [ai.run], models: ["@test/hash"]}
              none: {secrets: ["${env:NONE}"], scopes: [kv.get], namespaces: ["*"], prefixes: [""]}
              spent: {secrets: ["${env:SPENT}"], scopes: [ai.run], models: ["*"]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "all-models-secret-0123456789abcdef-0123456789",
            "HASH", "hash-models-secret-0123456789abcdef-0123456",
            "NONE", "none-models-secret-0123456789abcdef-0123456",
            "SPENT", "spent-models-secret-0123456789abcdef-012345");

    @TempDir
    static Path directory;

    private AppProcess node;

    @BeforeAll
    void start() throws IOException {
        var file = Files.writeString(directory.resolve("kv.yml"), CONFIGURATION);
        node = KvNode.start(directory, "models", SECRETS, "--config", file.toString());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void text_is_answered_with_what_it_used() throws IOException {
        assertThat(ok("all", "@test/echo", "{'prompt':'one two three'}"))
                .isEqualTo(json("{'response':'one two three','finish_reason':'stop',"
                        + "'usage':{'prompt_tokens':3,'completion_tokens':3,'total_tokens':6}}"));
        assertThat(ok(
                        "all",
                        "@test/echo",
                        "{'messages':[{'role':'system','content':'be'},{'role':'user','content':'one two'}],"
                                + "'max_tokens':1,'temperature':0.5}"))
                .contains(json("'response':'one ','finish_reason':'length'"));
    }

    @Test
    void text_comes_as_events_where_it_is_asked_for_so() throws IOException {
        var answer = call("all", "@test/echo", "{'prompt':'one two','stream':true}");

        assertThat(answer.headers().get("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.body())
                .isEqualTo(json("data: {'response':'one '}\n\ndata: {'response':'two'}\n\n"
                        + "data: {'response':'','finish_reason':'stop',"
                        + "'usage':{'prompt_tokens':2,'completion_tokens':2,'total_tokens':4}}\n\ndata: [DONE]\n\n"));
    }

    @Test
    void texts_have_vectors_in_their_order() throws IOException {
        var both = ok("all", "@test/hash", "{'text':['größer','']}");

        assertThat(both).startsWith(json("{'shape':[2,4],'data':[[0.0,-1.0,0.0,0.0],[1.0,0.0,0.0,0.0]],'usage':{"));
        assertThat(ok("all", "@test/hash", "{'text':'größer'}")).startsWith(json("{'shape':[1,4],"));
    }

    @Test
    void a_key_is_told_which_models_it_may_ask() throws IOException {
        assertThat(answered("all", "models", "{'task':'text-generation'}"))
                .isEqualTo(
                        json("{'models':[{'name':'@test/echo','task':'text-generation','max_input':102400,'batch':100,"
                                + "'max_tokens':1024,'price':{'input':0.5,'output':0,'unit':'USD'}}]}"));
        assertThat(answered("hash", "models", "{}")).contains("@test/hash").doesNotContain("@test/echo");
        assertThat(answered("all", "models", "{'search':'pass'}"))
                .contains("@test/passed")
                .doesNotContain("@test/echo");
        assertThat(send("all", "models", "{'task':'cooking'}").status()).isEqualTo(400);
    }

    @Test
    void what_has_no_task_of_ours_goes_through() throws IOException {
        assertThat(ok("all", "@test/passed", "{'own':1}")).isEqualTo(json("{'own':1}"));
    }

    @Test
    void a_key_asks_the_models_that_it_names_and_knows_of_no_others() throws IOException {
        assertThat(call("hash", "@test/hash", "{'text':'a'}").status()).isEqualTo(200);
        assertThat(call("hash", "@test/echo", "{'prompt':'a'}").status()).isEqualTo(403);
        assertThat(call("hash", "@test/unknown", "{}").status()).isEqualTo(403);
        assertThat(call("all", "@test/unknown", "{}").status()).isEqualTo(404);
        assertThat(call("none", "@test/hash", "{'text':'a'}").says("SCOPE_DENIED"))
                .isTrue();
    }

    @Test
    void bodies_that_say_something_else_are_refused() throws IOException {
        var wrong = Map.of(
                "{}", "messages",
                "{'prompt':'a','messages':[{'role':'user','content':'b'}]}", "messages",
                "{'messages':[{'role':'nobody','content':'b'}]}", "role",
                "{'messages':[{'role':'tool','content':'b'}]}", "tool_call_id",
                "{'prompt':'a','max_tokens':0}", "max_tokens",
                "{'prompt':'a','temperature':6}", "temperature",
                "{'prompt':'a','temperature':'hot'}", "temperature");
        for (var each : wrong.entrySet()) {
            var answer = call("all", "@test/echo", each.getKey());
            assertThat(answer.status()).as(each.getKey()).isEqualTo(400);
            assertThat(answer.body()).as(each.getKey()).contains("BAD_REQUEST", each.getValue());
        }
        assertThat(call("all", "@test/echo", "{").says("INVALID_JSON")).isTrue();
        assertThat(call("all", "@test/hash", "{'text':'a','stream':true}").status())
                .isEqualTo(501);
        assertThat(call("all", "@test/hash", "{'text':'" + "a".repeat(1025) + "'}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void a_spent_budget_says_how_long_to_wait() throws IOException {
        var large = "{'prompt':'" + "a ".repeat(4000) + "','max_tokens':1000}";
        assertThat(call("spent", "@test/echo", large).status()).isEqualTo(200);

        var refused = call("spent", "@test/echo", large);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.says("THROTTLED")).isTrue();
        assertThat(Integer.parseInt(Objects.requireNonNull(refused.headers().get("retry-after"))))
                .isBetween(30, 61);
    }

    private String answered(String key, String path, String body) throws IOException {
        var answer = send(key, path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String ok(String key, String model, String body) throws IOException {
        return answered(key, "run/" + model, body);
    }

    private WireClient.Answer call(String key, String model, String body) throws IOException {
        return send(key, "run/" + model, body);
    }

    private WireClient.Answer send(String key, String path, String body) throws IOException {
        try (var client = new WireClient(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))))) {
            return client.send(node.address(), client.signPath("/zin/ai/" + path, json(body)));
        }
    }

    /** Bodies are easier to read with the other quotes. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
