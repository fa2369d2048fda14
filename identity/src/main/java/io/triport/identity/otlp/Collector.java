package io.triport.identity.otlp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes pages of one signal, as OTLP 1.x over HTTP in JSON (OpenTelemetry specification, "OTLP/HTTP Request"). Used by one thread. */
public final class Collector implements AutoCloseable {
    /** How long one page may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int OK = 200;

    private final Signal signal;
    private final URI place;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private boolean away;

    /** What can be told. */
    public enum Signal {
        TRACES,
        METRICS;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param endpoint without the path of the signal */
    public Collector(URI endpoint, Signal signal) {
        this.signal = signal;
        this.place = URI.create(endpoint.toString().replaceFirst("/+$", "") + "/v1/" + signal.label());
    }

    /** Waits for {@link #PATIENCE} at most. @return whether the page was taken */
    public boolean take(String page) {
        var request = HttpRequest.newBuilder(place)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(page, StandardCharsets.UTF_8))
                .build();
        try {
            var status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return heard(status == OK, "status " + status);
        } catch (IOException e) {
            return heard(false, "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return heard(false, "interrupted");
        }
    }

    /** Says once that the collector is away, and once that it is back. */
    private boolean heard(boolean good, String how) {
        if (good == away) {
            away = !good;
            LOG.warn("{} collector={} how=\"{}\"", signal.label(), good ? "back" : "away", how);
        }
        return good;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
