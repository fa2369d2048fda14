package io.triport.manager.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bulk writes that are longer than what is held in memory. */
@Timeout(120)
final class BulkWriteTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final int LONG = 5 * 1_048_576;

    private final JobWorld world = JobWorld.fresh();
    private final String id = world.namespace("CACHE");
    private final ManagerUnderTest manager = world.start();
    private final String bulk =
            "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/" + id + "/bulk";

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void a_long_body_is_stored_as_one_and_leaves_no_file() {
        store().put(KvKey.of("0"), KvEntry.of("before"), KvCondition.ANY);
        var value = "\u00e4 \\\"\n".repeat(1_500);
        var body = Json.array();
        IntStream.range(0, 900)
                .forEach(at -> body.addObject().put("key", "" + at).put("value", value + at));
        body.addObject()
                .put("value", Base64.getEncoder().encodeToString(new byte[] {0, -1, -128}))
                .put("metadata", 7)
                .put("expiration_ttl", 600)
                .put("base64", true)
                .put("key", "bytes");
        body.addObject().put("key", "0").put("value", "the last of a name counts");

        var answer = put(body.toString());

        assertThat(body.toString().length()).isGreaterThan(LONG);
        assertThat(answer.path("result").toString())
                .isEqualTo("{\"successful_key_count\":902,\"unsuccessful_keys\":[]}");
        assertThat(text("0")).isEqualTo("the last of a name counts");
        assertThat(text("899")).isEqualTo(value + 899);
        var bytes = store().get(KvKey.of("bytes")).orElseThrow();
        assertThat(bytes.value().toHex()).isEqualTo("00ff80");
        assertThat(bytes.metadata()).isEqualTo(KvMetadata.of("7"));
        assertThat(bytes.expiry()).isInstanceOf(Expiry.At.class);
        assertThat(world.files().names()).isEmpty();
        manager.send("POST", "/api/backup/" + id + "/0/undo");
        assertThat(text("0")).isEqualTo("before");
        var told =
                manager.send("GET", "/api/audit/" + id + "?operation=bulk_put").result();
        assertThat(told.path(0).path("details").asText()).isEqualTo("{\"total\":902,\"processed\":902,\"errors\":0}");
        assertThat(told.path(0).path("source").asText()).isEqualTo("cloudflare-api");
    }

    @Test
    void one_bad_pair_at_the_end_of_a_long_body_keeps_all_from_being_written() {
        for (var bad : new String[] {
            "{\"key\":\"x\",\"value\":\"v\",\"expiration_ttl\":59}",
            "{\"key\":\"x\",\"value\":\"\\ud800\"}",
            "{\"key\":\"x\",\"value\":\"!\",\"base64\":true}",
            "{\"key\":\"x\"}",
            "{\"key\":\"..\",\"value\":\"v\"}",
            "{\"key\":\"x\",\"value\":\"v\",\"value\":\"w\"}",
            "{\"key\":\"x\",\"value\":\"v\"},",
            "1"
        }) {
            var body = "[" + good(LONG) + "," + bad + "]";

            assertThat(put(body).path("success").asBoolean(true)).as(bad).isFalse();
        }
        assertThat(store().list(KvQuery.all()).keys()).isEmpty();
        assertThat(world.files().names()).isEmpty();
    }

    @Test
    void a_body_of_unknown_length_is_read_too() throws Exception {
        assertThat(chunked("[" + good(10_000) + "]").path("success").asBoolean())
                .isTrue();
        assertThat(chunked("[" + good(LONG) + "]").path("success").asBoolean()).isTrue();

        assertThat(text("good")).hasSize(LONG);
        assertThat(world.files().names()).isEmpty();
    }

    @Test
    void a_value_has_25_mebibytes_whichever_way_it_is_written() {
        var most = new byte[KvLimits.VALUE_BYTES];
        var more = new byte[KvLimits.VALUE_BYTES + 1];

        assertThat(put(pair(Base64.getEncoder().encodeToString(most), true))
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(code(put(pair(Base64.getEncoder().encodeToString(more), true))))
                .isEqualTo(10_028);
        assertThat(code(put(pair("x".repeat(more.length), false)))).isEqualTo(10_028);
        assertThat(code(put(pair("x".repeat(36_000_000), false)))).isEqualTo(10_028);

        assertThat(store().get(KvKey.of("k")).orElseThrow().value()).isEqualTo(Bytes.copyOf(most));
        assertThat(world.files().names()).isEmpty();
    }

    @Test
    void ten_thousand_pairs_are_taken_and_not_one_more() {
        var most = new StringBuilder("[{\"key\":\"0\",\"value\":\"\"}");
        IntStream.range(1, 10_000).forEach(at -> most.append(",{\"key\":\"" + at + "\",\"value\":\"\"}"));

        assertThat(put(most + "]").path("result").path("successful_key_count").asInt())
                .isEqualTo(10_000);
        var answer = put(most + ",{\"key\":\"more\",\"value\":\"\"}]");

        assertThat(code(answer)).isEqualTo(10_029);
        assertThat(store().get(KvKey.of("more"))).isEmpty();
    }

    private static String pair(String value, boolean base64) {
        return "[{\"key\":\"k\",\"value\":\"" + value + "\",\"base64\":" + base64 + "}]";
    }

    private static String good(int size) {
        return "{\"key\":\"good\",\"value\":\"" + "v".repeat(size) + "\"}";
    }

    private static int code(JsonNode answer) {
        return answer.path("errors").path(0).path("code").asInt();
    }

    private JsonNode put(String body) {
        return manager.send("PUT", bulk, body).json();
    }

    private JsonNode chunked(String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(manager.address() + bulk))
                .header("Authorization", "Bearer " + ManagerUnderTest.TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return Json.parse(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private KeyValueStore store() {
        return world.engine().keyValue(CACHE);
    }

    private String text(String key) {
        return store().get(KvKey.of(key)).orElseThrow().value().toUtf8();
    }
}
