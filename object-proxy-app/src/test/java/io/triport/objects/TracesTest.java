package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.identity.trace.TraceSettings;
import io.triport.testkit.TraceCollector;
import io.triport.testkit.TraceCollector.Told;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector hears of requests. */
final class TracesTest {
    private static final String KEY = "name-of-an-object";

    private final TraceCollector collector = TraceCollector.listening();
    private final ProxyUnderTest proxy = ProxyUnderTest.start("""
        buckets:
          - {name: data, backend_type: memory}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """, new TraceSettings(collector.endpoint(), 100, 64));

    @AfterEach
    void stop() {
        proxy.close();
        collector.close();
    }

    @Test
    void a_get_has_a_span_for_identity_and_for_its_call_of_storage() {
        proxy.send("PUT", "/data/" + KEY, Map.of(), "what-it-holds");
        var answer = proxy.send("GET", "/data/" + KEY);

        var spans = collector.trace("triport.request_id", answer.header("x-amz-request-id"));
        assertThat(spans).extracting(Told::name).containsExactly("request", "identity", "storage.object.get");
        var whole = spans.getFirst();
        assertThat(whole.at("http.request.method")).isEqualTo("GET");
        assertThat(whole.at("triport.route")).isEqualTo("GetObject");
        assertThat(whole.at("http.response.status_code")).isEqualTo("200");
        assertThat(spans.subList(1, 3))
                .allSatisfy(span -> assertThat(span.at("parentSpanId")).isEqualTo(whole.at("spanId")));
        assertThat(spans.get(1).at("triport.mechanism")).isEqualTo("sigv4");
        assertThat(spans.get(2).at("triport.resource")).isEqualTo("data");
        assertThat(spans.get(2).at("triport.adapter")).isEqualTo("memory");
        assertThat(spans.get(2).at("triport.key_hash"))
                .isEqualTo(Sha256.of(Bytes.utf8(KEY)).toHex().substring(0, 16));
    }

    @Test
    void no_key_and_nothing_of_an_object_is_in_what_is_sent() {
        for (var method : new String[] {"PUT", "GET", "HEAD", "DELETE"}) {
            proxy.send(method, "/data/" + KEY, Map.of(), method.equals("PUT") ? "what-it-holds" : "");
            assertThat(collector.next().text()).doesNotContain(KEY).doesNotContain("what-it-holds");
        }
        proxy.send("GET", "/data?list-type=2&prefix=" + KEY);
        assertThat(collector.next().text()).doesNotContain(KEY);
    }

    @Test
    void a_refusal_has_no_span_of_the_layer_behind() {
        proxy.unsigned("GET", "/data/" + KEY, Map.of(), "");

        var spans = collector.next().spans();
        assertThat(spans).extracting(Told::name).containsExactly("request", "identity");
        assertThat(spans.getFirst().at("http.response.status_code")).isEqualTo("403");
    }
}
