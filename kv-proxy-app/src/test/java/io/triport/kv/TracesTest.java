package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.identity.trace.TraceSettings;
import io.triport.testkit.TraceCollector;
import io.triport.testkit.TraceCollector.Told;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector hears of requests. */
final class TracesTest {
    private static final String YAML = """
        triport:
          kv:
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: [""]}
        """;
    private static final String SECRET = "ALL-secret-0123456789abcdef-0123456789";
    private static final String KEY = "name-of-a-key";
    private static final String PUT = "{\"namespace\":\"CACHE\",\"key\":\"" + KEY + "\",\"value\":\"what-it-holds\"}";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final KvWorld world = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Signer signer = new Signer("all", SECRET, world.clock());
    private final TraceCollector collector = TraceCollector.listening();

    @AfterEach
    void stop() {
        collector.close();
    }

    private ProxyUnderTest proxy(URI endpoint) {
        return ProxyUnderTest.start(world, YAML, Map.of("ALL", SECRET), new TraceSettings(endpoint, 100, 64));
    }

    @Test
    void a_put_has_a_span_for_identity_and_for_each_call_of_storage() {
        try (var proxy = proxy(collector.endpoint())) {
            proxy.post(signer, "put", PUT);
            collector.next();
            var answer = proxy.post(signer, "put", PUT);

            var spans = collector.trace("triport.request_id", answer.header("x-request-id"));
            assertThat(spans).extracting(Told::name).containsExactly("request", "identity", "storage.key-value.put");
            var whole = spans.getFirst();
            assertThat(whole.at("parentSpanId")).isEmpty();
            assertThat(whole.at("http.request.method")).isEqualTo("POST");
            assertThat(whole.at("triport.route")).isEqualTo("POST /zin/kv/put");
            assertThat(whole.at("http.response.status_code")).isEqualTo("200");
            assertThat(spans.subList(1, 3))
                    .allSatisfy(span -> assertThat(span.at("parentSpanId")).isEqualTo(whole.at("spanId")));
            assertThat(spans.get(1).at("triport.mechanism")).isEqualTo("hmac");
            assertThat(spans.get(1).at("triport.outcome")).isEqualTo("admitted");
            assertThat(spans.get(2).at("triport.resource")).isEqualTo("CACHE");
            assertThat(spans.get(2).at("triport.adapter")).isEqualTo("fake");
            assertThat(spans.get(2).at("triport.outcome")).isEqualTo("done");
            assertThat(spans.get(2).at("triport.key_hash"))
                    .isEqualTo(Sha256.of(Bytes.utf8(KEY)).toHex().substring(0, 16));
        }
    }

    @Test
    void no_key_and_no_value_is_in_what_is_sent() {
        try (var proxy = proxy(collector.endpoint())) {
            for (var operation : new String[] {"put", "get", "delete", "get"}) {
                proxy.post(signer, operation, PUT);
                assertThat(collector.next().text()).doesNotContain(KEY).doesNotContain("what-it-holds");
            }
            proxy.send("GET", "/" + KEY, Map.of(), Bytes.EMPTY);
            assertThat(collector.next().text()).doesNotContain(KEY);
        }
    }

    @Test
    void a_refusal_has_no_span_of_the_layer_behind() {
        try (var proxy = proxy(collector.endpoint())) {
            proxy.send("POST", "/zin/kv/put", Map.of(), Bytes.utf8(PUT));

            var spans = collector.next().spans();
            assertThat(spans).extracting(Told::name).containsExactly("request", "identity");
            assertThat(spans.get(1).at("triport.outcome")).isEqualTo("no-credentials");
            assertThat(spans.getFirst().at("http.response.status_code")).isEqualTo("401");
        }
    }

    @Test
    void a_trace_that_the_caller_records_is_continued() {
        try (var proxy = proxy(collector.endpoint())) {
            var body = Bytes.utf8(PUT);
            var fields = new HashMap<>(signer.sign("POST", "/zin/kv/put", "", body));
            fields.put("traceparent", "00-" + TRACE + "-" + SPAN + "-01");
            proxy.send("POST", "/zin/kv/put", fields, body);

            var whole = collector.next().spans().getFirst();
            assertThat(whole.at("traceId")).isEqualTo(TRACE);
            assertThat(whole.at("parentSpanId")).isEqualTo(SPAN);
        }
    }

    @Test
    void a_collector_that_is_away_costs_no_requests() {
        try (var proxy = proxy(URI.create("http://127.0.0.1:1"))) {
            assertThat(proxy.post(signer, "put", PUT).status()).isEqualTo(200);
        }
        assertThat(collector.waiting()).isZero();
    }
}
