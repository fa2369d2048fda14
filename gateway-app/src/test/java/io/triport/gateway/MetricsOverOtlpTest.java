package io.triport.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpServer;
import io.triport.identity.config.ConfigError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a collector of metrics hears. */
@ExtendWith(LeakWatch.class)
final class MetricsOverOtlpTest {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private HttpServer collector;

    @BeforeEach
    void collect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private GatewayUnderTest start(String url, String every) {
        return GatewayUnderTest.start(Http2Test.FILE.formatted(url) + "metrics: {endpoint: 'http://127.0.0.1:"
                + collector.getAddress().getPort() + "/', every: " + every + "}\n");
    }

    /** A part of a page. */
    private record Part(Object value) {
        Part at(String name) {
            var members = (Map<?, ?>) value;
            return new Part(Objects.requireNonNull(members.get(name), () -> name + " among " + members.keySet()));
        }

        List<Part> all() {
            return ((List<?>) value).stream().map(Part::new).toList();
        }

        Part first() {
            return all().getFirst();
        }

        List<String> texts() {
            return all().stream().map(Part::toString).toList();
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** The metrics of a page, by name. */
    private static Part metrics(String body) throws IOException {
        try (var parser = new JsonFactory().createParser(body)) {
            parser.nextToken();
            var resource = new Part(read(parser)).at("resourceMetrics").first();
            assertThat(resource.at("resource").toString()).contains("service.name", "triport-gateway");
            return new Part(resource.at("scopeMetrics").first().at("metrics").all().stream()
                    .collect(Collectors.toMap(metric -> metric.at("name").toString(), Part::value)));
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                var members = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    members.add(read(parser));
                }
                yield members;
            }
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    @Test
    void counters_gauges_and_histograms_come_under_the_names_of_the_management_port() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"))) {
            try (var gateway = start(upstream.url(), "1h")) {
                gateway.send("GET /api HTTP/1.1\nHost: a\n\n");
                gateway.send("GET /api HTTP/1.1\nHost: a\n\n");
                assertThat(heard).isEmpty();
            }
        }

        // The last page, of the stop.
        var metrics = metrics(heard.take());
        var sum = metrics.at("gateway_requests_total").at("sum");
        assertThat(sum.at("isMonotonic")).hasToString("true");
        assertThat(sum.at("aggregationTemporality")).hasToString("2.0");
        var requests = sum.at("dataPoints").first();
        assertThat(requests.at("asDouble")).hasToString("2.0");
        assertThat(Long.parseLong(requests.at("startTimeUnixNano").toString()))
                .isLessThanOrEqualTo(Long.parseLong(requests.at("timeUnixNano").toString()));
        assertThat(requests.at("attributes").toString())
                .contains("{key=route, value={stringValue=users}}", "{key=status, value={stringValue=200}}");
        assertThat(metrics.at("gateway_connections")
                        .at("gauge")
                        .at("dataPoints")
                        .all())
                .hasSize(1);
        var spread = metrics.at("gateway_request_seconds")
                .at("histogram")
                .at("dataPoints")
                .first();
        assertThat(spread.at("count")).hasToString("2");
        assertThat(spread.at("explicitBounds").texts())
                .hasSize(14)
                .startsWith("0.001")
                .endsWith("30.0");
        assertThat(spread.at("bucketCounts").texts()).hasSize(15);
        assertThat(spread.at("bucketCounts").texts().stream()
                        .mapToLong(Long::parseLong)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void it_is_told_again_and_again() throws Exception {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "1s")) {
            assertThat(gateway.port()).isPositive();

            assertThat(heard.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void a_collector_that_is_away_costs_nothing_but_what_it_misses() {
        var port = collector.getAddress().getPort();
        collector.stop(0);
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(Http2Test.FILE.formatted(upstream.url())
                        + "metrics: {endpoint: 'http://127.0.0.1:" + port + "', every: 1s}\n")) {
            assertThat(gateway.send("GET /api HTTP/1.1\nHost: a\n\n").status()).isEqualTo(200);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void a_section_without_a_collector_is_refused() {
        for (var wrong : new String[] {"{}", "{every: 10s}", "{endpoint: 'ftp://a'}", "{endpoint: 'http://a@b'}"}) {
            assertThatThrownBy(() -> GatewayUnderTest.start(
                            Http2Test.FILE.formatted("http://127.0.0.1:1") + "metrics: " + wrong))
                    .as(wrong)
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("metrics.endpoint");
        }
    }
}
