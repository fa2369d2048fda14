package io.triport.identity.trace;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are traced, and who collects the traces.
 *
 * @param endpoint of OTLP over HTTP, without {@code /v1/traces}
 * @param percent of the requests that come without a trace of their own
 * @param queue traces that wait for the collector at most
 */
public record TraceSettings(URI endpoint, int percent, int queue) {
    /** A collector, without the path of a signal. */
    public static final Value<URI> ENDPOINT =
            new Value<>("an http or https URL with a host, without user, query or fragment", text -> {
                var uri = URI.create(text);
                if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        || uri.getHost() == null
                        || uri.getRawUserInfo() != null
                        || uri.getRawQuery() != null
                        || uri.getRawFragment() != null) {
                    throw new IllegalArgumentException(text);
                }
                return uri;
            });

    /** The section {@code traces}; null where it is left out: nothing is traced then. */
    public static @Nullable TraceSettings read(Section root) {
        var section = root.section("traces");
        var endpoint =
                section.optional("endpoint", ENDPOINT, "Collector of OTLP over HTTP; nothing is traced without.");
        var sample = section.value(
                "sample",
                Value.percent(0, 100),
                "10%",
                "Share of the requests that come without a trace that says itself.");
        var queue = section.value(
                "queue", Value.integer(1, 1_000_000), "2048", "Traces that wait for the collector at most.");
        if (endpoint.isEmpty() && root.has("traces")) {
            throw section.error("endpoint", "nothing", ENDPOINT.expectation());
        }
        return endpoint.isEmpty() ? null : new TraceSettings(endpoint.get(), sample, queue);
    }
}
