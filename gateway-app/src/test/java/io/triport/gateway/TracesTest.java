package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triport.identity.config.ConfigError;
import io.triport.testkit.TraceCollector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a collector hears of requests, and what upstreams do. */
@ExtendWith(LeakWatch.class)
final class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final TraceCollector collector = TraceCollector.listening();

    @AfterEach
    void stop() {
        collector.close();
    }

    private String file(String url, String sample) {
        return """
            identity:
              legacy: {type: jwt, issuer: none, secret: "${env:JWT_SECRET}", algorithms: [HS256], audience: none}
            rateLimits:
              thrice: {algorithm: sliding-window, limit: 3, window: 1h, key: [principal]}
            upstreams:
              users:
                targets: [{url: "%s"}]
            routes:
              - id: users
                match: {path: /users}
                identity: [legacy]
                rateLimit: [thrice]
                upstream: users
            %s
            """.formatted(
                url,
                sample.isEmpty() ? "" : "traces: {endpoint: '" + collector.endpoint() + "', sample: " + sample + "}");
    }

    private GatewayUnderTest start(String url, String sample) {
        return GatewayUnderTest.start(file(url, sample), Map.of("JWT_SECRET", Tokens.SECRET));
    }

    private static Client.Reply get(GatewayUnderTest gateway, String fields) {
        return gateway.send("GET /users/secret HTTP/1.1\nHost: a\n" + fields + "\n");
    }

    private static String bearer() {
        return "Authorization: Bearer " + Tokens.of("alice") + "\n";
    }

    private List<Map<String, String>> spans() {
        var page = collector.next();
        assertThat(page.text()).doesNotContain("secret").doesNotContain("alice");
        return page.spans().stream().map(TraceCollector.Told::fields).toList();
    }

    private static Map<String, String> named(List<Map<String, String>> spans, String name) {
        return spans.stream()
                .filter(span -> name.equals(span.get("name")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_request_has_a_span_for_identity_for_limits_and_for_the_upstream() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "100%")) {
            var reply = get(gateway, bearer());

            var spans = spans();
            assertThat(spans)
                    .extracting(span -> span.get("name"))
                    .containsExactly("request", "identity", "limits", "upstream");
            var whole = named(spans, "request");
            assertThat(whole).doesNotContainKey("parentSpanId");
            assertThat(whole)
                    .containsEntry("triport.route", "users")
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("triport.request_id", reply.field("x-request-id"));
            assertThat(named(spans, "identity")).containsEntry("triport.outcome", "admitted");
            assertThat(named(spans, "limits")).containsEntry("triport.outcome", "admitted");
            assertThat(named(spans, "upstream"))
                    .containsEntry("triport.outcome", "answered")
                    .containsEntry("triport.target", upstream.url());
            assertThat(spans).allSatisfy(span -> {
                assertThat(span).containsEntry("traceId", whole.get("traceId"));
                assertThat(Long.parseLong(span.get("endTimeUnixNano")))
                        .isGreaterThanOrEqualTo(Long.parseLong(span.get("startTimeUnixNano")));
            });
            assertThat(spans.subList(1, 4))
                    .allSatisfy(span -> assertThat(span).containsEntry("parentSpanId", whole.get("spanId")));
            assertThat(upstream.seen().getFirst().fields("traceparent"))
                    .containsExactly("00-" + whole.get("traceId") + "-"
                            + named(spans, "upstream").get("spanId") + "-01");
        }
    }

    @Test
    void a_trace_that_the_caller_records_is_continued_whatever_the_share() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "0%")) {
            get(gateway, bearer() + "traceparent: 00-" + TRACE + "-" + SPAN + "-01\ntracestate: a=b\n");

            var spans = spans();
            assertThat(named(spans, "request")).containsEntry("traceId", TRACE).containsEntry("parentSpanId", SPAN);
            assertThat(upstream.seen().getFirst().field("traceparent"))
                    .isEqualTo("00-" + TRACE + "-" + named(spans, "upstream").get("spanId") + "-01");
            assertThat(upstream.seen().getFirst().field("tracestate")).isEqualTo("a=b");
        }
    }

    @Test
    void a_trace_that_the_caller_does_not_record_goes_on_as_it_came() throws Exception {
        var given = "00-" + TRACE + "-" + SPAN + "-00";
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "100%")) {
            get(gateway, bearer() + "traceparent: " + given + "\n");
            get(gateway, bearer());

            // The second is heard, and nothing of the first.
            assertThat(named(spans(), "request").get("traceId")).isNotEqualTo(TRACE);
            assertThat(upstream.seen().getFirst().field("traceparent")).isEqualTo(given);
        }
    }

    @Test
    void a_refusal_ends_where_it_was_said() throws Exception {
        try (var gateway = start("http://127.0.0.1:1", "100%")) {
            get(gateway, "");

            var spans = spans();
            assertThat(spans).extracting(span -> span.get("name")).containsExactly("request", "identity");
            assertThat(named(spans, "identity")).containsEntry("triport.outcome", "no-credentials");
            assertThat(named(spans, "request")).containsEntry("triport.outcome", "rejected");
        }
    }

    @Test
    void every_attempt_has_a_span_and_is_the_parent_of_what_its_target_does() throws Exception {
        var times = new AtomicInteger();
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (times.incrementAndGet() == 1) {
                        Upstream.reset(socket);
                    } else {
                        Upstream.write(socket, Upstream.ok("hello"));
                    }
                });
                var gateway = start(upstream.url(), "100%")) {
            get(gateway, bearer());

            var attempts = spans().stream()
                    .filter(span -> "upstream".equals(span.get("name")))
                    .toList();
            assertThat(attempts).extracting(span -> span.get("triport.outcome")).containsExactly("reset", "answered");
            for (var i = 0; i < 2; i++) {
                assertThat(upstream.seen().get(i).field("traceparent"))
                        .contains(attempts.get(i).get("spanId"));
            }
        }
    }

    @Test
    void a_collector_that_is_away_costs_traces_and_no_requests() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"))) {
            var away = file(upstream.url(), "100%").replace(collector.endpoint().getPort() + "', sample", "1', sample");
            try (var gateway = GatewayUnderTest.start(away, Map.of("JWT_SECRET", Tokens.SECRET))) {
                assertThat(get(gateway, bearer()).status()).isEqualTo(200);
                assertThat(gateway.bean(PrometheusMeterRegistry.class).scrape())
                        .contains("gateway_traces_dropped_total");
            }
            assertThat(collector.waiting()).isZero();
        }
    }

    @Test
    void what_waits_at_the_stop_is_still_brought() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"))) {
            try (var gateway = start(upstream.url(), "100%")) {
                get(gateway, bearer());
            }

            // The stop has waited for it.
            assertThat(collector.waiting()).isEqualTo(1);
            assertThat(spans()).hasSize(4);
        }
    }

    @Test
    void without_the_section_nothing_is_recorded_and_a_collector_must_be_named_in_it() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "")) {
            get(gateway, bearer());

            assertThat(upstream.seen().getFirst().field("traceparent")).endsWith("-00");
        }
        for (var wrong : new String[] {"{}", "{sample: 1%}", "{endpoint: 'ftp://a'}", "{endpoint: 'http://a:1?b'}"}) {
            assertThatThrownBy(() -> GatewayUnderTest.start(
                            file("http://127.0.0.1:1", "") + "traces: " + wrong, Map.of("JWT_SECRET", Tokens.SECRET)))
                    .as(wrong)
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("traces.endpoint");
        }
    }
}
