package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.trace.TraceSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of the metrics, beside those who ask the management port.
 *
 * @param endpoint of OTLP over HTTP, without {@code /v1/metrics}
 * @param every from one time to the next, 1 s to 1 h
 */
public record MetricSettings(URI endpoint, Duration every) {
    /** Null where the section is left out: nobody is told then. */
    static @Nullable MetricSettings read(Section root) {
        var section = root.section("metrics");
        var endpoint = section.optional(
                "endpoint", TraceSettings.ENDPOINT, "Collector of OTLP over HTTP; nobody is told of metrics without.");
        var every = section.value(
                "every",
                Value.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                "60s",
                "How often the collector is told.");
        if (endpoint.isEmpty() && root.has("metrics")) {
            throw section.error("endpoint", "nothing", TraceSettings.ENDPOINT.expectation());
        }
        return endpoint.isEmpty() ? null : new MetricSettings(endpoint.get(), every);
    }
}
