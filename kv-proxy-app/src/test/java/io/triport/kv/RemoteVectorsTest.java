package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.testkit.FakeVectorIndexes;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vector indexes over HTTP. */
final class RemoteVectorsTest {
    private static final String YAML = """
        triport:
          kv:
            ports: [vector]
            indexes: {docs: {dimensions: 2, numbers: [year]}, other: {dimensions: 3, metric: euclidean}}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [vector.query, vector.write], indexes: ["*"]}
              reader: {secrets: ["${env:READER}"], scopes: [vector.query], indexes: [docs]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "READER", "READER-secret-0123456789abcdef-0123456789");
    private static final String TWO = "{'vectors':["
            + "{'id':'a','values':[1,0],'namespace':'n','metadata':{'year':1990,'digits':9007199254740993}},"
            + "{'id':'b','values':[0,1]}]}";

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeVectorIndexes indexes = new FakeVectorIndexes(empty.clock());
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withVectors(indexes));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    @BeforeEach
    void make() {
        var docs = new IndexName("docs");
        indexes.catalogue().create(docs, new IndexShape(2, Metric.COSINE));
        indexes.open(docs).orElseThrow().indexMetadata(MetadataField.of("year", MetadataField.Type.NUMBER));
        indexes.catalogue().create(new IndexName("other"), new IndexShape(3, Metric.EUCLIDEAN));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void vectors_are_stored_found_listed_and_removed() {
        assertThat(ok("insert", TWO)).isEqualTo(json("{'mutationId':'1','count':2}"));
        assertThat(ok("insert", "{'vectors':[{'id':'a','values':[0,1]}]}")).contains(json("'count':0"));

        assertThat(ok("query", "{'vector':[1,0],'topK':1}"))
                .isEqualTo(json("{'count':1,'matches':[{'id':'a','namespace':'n','score':1.0}]}"));
        assertThat(ok("query", "{'id':'b'}")).contains(json("'count':2,'matches':[{'id':'b','score':1.0}"));
        assertThat(ok("list", "{}")).isEqualTo(json("{'ids':['a','b'],'complete':true}"));
        assertThat(ok("upsert", "{'vectors':[{'id':'b','values':[0.5,0.25]}]}")).contains(json("'count':1"));
        assertThat(ok("get", "{'ids':['b','c']}")).isEqualTo(json("{'vectors':[{'id':'b','values':[0.5,0.25]}]}"));
        assertThat(ok("delete", "{'ids':['a','c']}")).contains(json("'count':1"));
        assertThat(ok("list", "{}")).isEqualTo(json("{'ids':['b'],'complete':true}"));
    }

    @Test
    void a_search_is_narrowed_and_brings_what_it_was_asked_for() {
        ok("insert", TWO);

        assertThat(ok(
                        "query",
                        "{'vector':[0,1],'filter':{'year':{'$lt':2000}},'returnValues':true,'returnMetadata':'all'}"))
                .isEqualTo(json("{'count':1,'matches':[{'id':'a','namespace':'n','values':[1.0,0.0],"
                        + "'metadata':{'year':1990,'digits':9007199254740993},'score':0.0}]}"));
        assertThat(ok("query", "{'vector':[0,1],'namespace':'n','returnMetadata':'indexed'}"))
                .contains(json("'metadata':{'year':1990},"));
        assertThat(ok("query", "{'vector':[0,1],'namespace':'none'}")).isEqualTo(json("{'count':0,'matches':[]}"));
    }

    @Test
    void a_list_goes_on_at_its_cursor() {
        ok("insert", TWO);

        var first = ok("list", "{'limit':1}");

        assertThat(first).startsWith(json("{'ids':['a'],'cursor':"));
        var cursor = first.replaceAll(".*\"cursor\":\"([^\"]+)\".*", "$1");
        assertThat(ok("list", "{'limit':1,'cursor':'" + cursor + "'}"))
                .isEqualTo(json("{'ids':['b'],'complete':true}"));
        assertThat(call("all", "docs", "list", "{'cursor':'" + cursor + "x'}").code())
                .isEqualTo("BAD_CURSOR");
    }

    @Test
    void what_the_index_cannot_have_is_refused() {
        for (var wrong : Map.of(
                        "insert", "{'vectors':[{'id':'a','values':[1,2,3]}]}",
                        "upsert", "{'vectors':[{'id':'a','values':['1',2]}]}",
                        "delete", "{'ids':[]}",
                        "get", "{'ids':[1]}",
                        "query", "{'vector':[1,0],'id':'a'}",
                        "list", "{'limit':1001}")
                .entrySet()) {
            var answer = call("all", "docs", wrong.getKey(), wrong.getValue());
            assertThat(answer.status()).as(wrong.getKey()).isEqualTo(400);
            assertThat(answer.code()).as(wrong.getKey()).isEqualTo("BAD_REQUEST");
        }
        assertThat(call("all", "docs", "query", "{'vector':[1,0],'topK':21,'returnValues':true}")
                        .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(call("all", "docs", "query", "{'vector':[1,0],'filter':{'other':1}}")
                        .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(call("all", "docs", "query", "{'id':'none'}").code()).isEqualTo("NOT_FOUND");
        assertThat(call("all", "docs", "insert", "{'vectors':[{'id':'" + "a".repeat(65) + "','values':[1,0]}]}")
                        .code())
                .isEqualTo("KEY_TOO_LONG");
    }

    @Test
    void a_key_reaches_the_indexes_that_it_names() {
        ok("insert", TWO);

        assertThat(call("reader", "docs", "query", "{'id':'a'}").status()).isEqualTo(200);
        assertThat(call("reader", "docs", "insert", TWO).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("reader", "other", "list", "{}").code()).isEqualTo("DENIED");
        assertThat(call("reader", "unknown", "list", "{}").code()).isEqualTo("DENIED");
        assertThat(call("all", "unknown", "list", "{}").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_change_with_a_name_happens_once() {
        var body = Bytes.utf8(json(TWO));
        var once = Map.of("Idempotency-Key", "one");

        var first = proxy.signed(signer("all"), "POST", "/zin/vector/docs/insert", once, body);
        ok("delete", "{'ids':['a']}");
        var second = proxy.signed(signer("all"), "POST", "/zin/vector/docs/insert", once, body);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ok("list", "{}")).isEqualTo(json("{'ids':['b'],'complete':true}"));
    }

    private String ok(String operation, String body) {
        var answer = call("all", "docs", operation, body);
        assertThat(answer.status()).as(answer.body().toUtf8()).isEqualTo(200);
        return answer.body().toUtf8();
    }

    private Answer call(String key, String index, String operation, String body) {
        return proxy.signed(
                signer(key), "POST", "/zin/vector/" + index + "/" + operation, Map.of(), Bytes.utf8(json(body)));
    }

    private Signer signer(String key) {
        return new Signer(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))), world.clock());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
