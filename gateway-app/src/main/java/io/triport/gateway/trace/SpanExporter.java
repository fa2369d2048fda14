package io.triport.gateway.trace;

import io.triport.gateway.config.TraceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings traces to a collector, as OTLP 1.x over HTTP in JSON (OpenTelemetry specification, "OTLP/HTTP Request"). Requests never wait
 * for it: what it cannot bring is dropped and counted.
 */
final class SpanExporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 256;
    private static final int OK = 200;

    /** What wakes the thread to see that it ends. */
    private static final FinishedTrace END =
            new FinishedTrace("", List.of(), new RequestTrace.Ending("", "", "", 0, ""));

    private final URI collector;
    private final SpanPage page;
    private final BlockingQueue<FinishedTrace> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Thread thread;
    private volatile boolean closing;
    private boolean away;

    SpanExporter(TraceSettings settings, String node) {
        this.collector = URI.create(settings.endpoint().toString().replaceFirst("/+$", "") + "/v1/traces");
        this.page = new SpanPage(node);
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        this.thread = Thread.ofPlatform().name("traces").daemon().start(this::run);
    }

    void offer(FinishedTrace trace) {
        if (!waiting.offer(trace)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                bring(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody of ours does, so it ends
        }
    }

    private void bring(FinishedTrace first) {
        var batch = new ArrayList<FinishedTrace>();
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
        batch.remove(END);
        if (!batch.isEmpty() && !taken(batch)) {
            dropped.addAndGet(batch.size());
        }
    }

    private boolean taken(List<FinishedTrace> batch) {
        var request = HttpRequest.newBuilder(collector)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(page.of(batch), StandardCharsets.UTF_8))
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
            LOG.warn("traces collector={} how=\"{}\"", good ? "back" : "away", how);
        }
        return good;
    }

    /** Brings what waits, if the collector takes it within one more time of patience. */
    @Override
    public void close() {
        closing = true;
        // Where there is no room for it the thread has something to do, and looks up after that.
        if (!waiting.offer(END)) {
            LOG.debug("traces wait at the stop");
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
