package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.identity.trace.TraceSettings;
import io.triport.testkit.TraceCollector;
import io.triport.testkit.TraceCollector.Told;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector hears of requests, and of what the manager does by itself. */
final class TracesTest {
    private static final String KEY = "name-of-a-key";

    private final TraceCollector collector = TraceCollector.listening();
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", Clock.systemUTC(), new TraceSettings(collector.endpoint(), 100, 64));

    @AfterEach
    void stop() {
        manager.close();
        collector.close();
    }

    private String keys() {
        return "/api/keys/"
                + manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
                        .result()
                        .path("id")
                        .asText();
    }

    @Test
    void a_key_that_is_written_has_a_span_for_identity_and_for_each_call_of_storage() {
        var answer = manager.send("PUT", keys() + "/" + KEY, "{\"value\":\"what-it-holds\"}");

        var spans = collector.trace("triport.request_id", answer.header("X-Request-ID"));
        var whole = spans.getFirst();
        assertThat(whole.name()).isEqualTo("request");
        assertThat(whole.at("http.request.method")).isEqualTo("PUT");
        assertThat(whole.at("triport.route")).startsWith("PUT /api/keys/{");
        assertThat(whole.at("http.response.status_code")).isEqualTo("200");
        assertThat(spans.get(1).name()).isEqualTo("identity");
        assertThat(spans.get(1).at("triport.outcome")).isEqualTo("admitted");
        assertThat(spans.subList(1, spans.size()))
                .allSatisfy(span -> assertThat(span.at("parentSpanId")).isEqualTo(whole.at("spanId")));
        assertThat(spans.subList(2, spans.size()))
                .allSatisfy(span -> assertThat(span.name()).startsWith("storage."));
        var put = spans.stream()
                .filter(span -> span.name().equals("storage.key-value.put"))
                .findFirst()
                .orElseThrow();
        assertThat(put.at("triport.resource")).isEqualTo("CACHE");
        assertThat(put.at("triport.key_hash"))
                .isEqualTo(Sha256.of(Bytes.utf8(KEY)).toHex().substring(0, 16));
        assertThat(spans).extracting(Told::name).contains("storage.audit-trail.append");
    }

    @Test
    void no_key_and_no_value_is_in_what_is_sent() {
        var keys = keys();
        collector.next();
        var written = manager.send("PUT", keys + "/" + KEY, "{\"value\":\"what-it-holds\"}");
        var read = manager.send("GET", keys + "/" + KEY);
        var removed = manager.send("DELETE", keys + "/" + KEY);

        var sent = new StringBuilder();
        for (var answer : new ManagerUnderTest.Answer[] {written, read, removed}) {
            while (sent.indexOf(answer.header("X-Request-ID")) < 0) {
                sent.append(collector.next().text());
            }
        }
        assertThat(sent).doesNotContain(KEY).doesNotContain("what-it-holds");
    }

    @Test
    void what_falls_due_is_a_trace_of_its_own() {
        manager.fallDue(ManagerTask.RECLAIM);

        var spans =
                collector.trace("triport.task", ManagerTask.RECLAIM.taskName().text());
        assertThat(spans).extracting(Told::name).containsExactly("event", "identity", "storage.resources.reclaim");
        assertThat(spans.getFirst().at("parentSpanId")).isEmpty();
        assertThat(spans.getFirst().at("triport.request_id")).isNotEmpty();
        assertThat(spans.getFirst().at("triport.outcome")).isEqualTo("done");
    }
}
