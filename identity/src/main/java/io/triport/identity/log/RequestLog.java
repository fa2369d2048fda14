package io.triport.identity.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.IdentityLog;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Inbound;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.StorageCall;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.time.Ticker;
import io.triport.identity.trace.Fate;
import io.triport.identity.trace.TracedRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The lines of a request by layer, in the order of the way it goes: received, admitted or refused, storage, answered. */
public final class RequestLog implements IdentityLog, StorageLog {
    private static final Logger REQUEST = LoggerFactory.getLogger("triport.request");
    private static final Logger IDENTITY = LoggerFactory.getLogger("triport.identity");
    private static final Logger STORAGE = LoggerFactory.getLogger("triport.storage");
    private static final double NANOS_PER_MILLI = 1e6;

    private final LayerMetrics metrics;
    private final RefusalLines refusals;
    private final TracedRequests traces;

    /** What became of an event. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED
    }

    /** Without traces. */
    public RequestLog(MeterRegistry registry, Ticker ticker) {
        this(registry, ticker, TracedRequests.none());
    }

    /** @param traces of the same requests */
    public RequestLog(MeterRegistry registry, Ticker ticker, TracedRequests traces) {
        this.metrics = new LayerMetrics(registry);
        this.refusals = new RefusalLines(ticker);
        this.traces = traces;
    }

    public void received(Fetch fetch, long bytes) {
        traces.began(fetch);
        LogLine.at(REQUEST, Level.INFO)
                .with("request", fetch.id())
                .with("method", fetch.method())
                .with("path", fetch.target().path())
                .with("bytes", bytes)
                .with("peer", fetch.peer().address())
                .write("received");
    }

    /** Which route or operation of the app a request is for, for its trace. @param route no word of a client's */
    public void named(RequestId id, String route) {
        traces.named(id, route);
    }

    public void answered(RequestId id, int status, long bytes, Duration took) {
        traces.answered(id, status);
        metrics.answered(status, took);
        LogLine.at(REQUEST, Level.INFO)
                .with("request", id)
                .with("status", status)
                .with("bytes", bytes)
                .with("ms", millis(took))
                .write("answered");
    }

    /** An event that is no request of a client: its work begins. */
    public void received(Inbound event) {
        traces.began(event);
        var line = LogLine.at(REQUEST, Level.INFO).with("request", event.id());
        switch (event) {
            case Fetch fetch -> line.with("event", "fetch");
            case Scheduled due ->
                line.with("event", "scheduled")
                        .with("task", due.task())
                        .with("due", due.dueAt())
                        .with("attempt", due.attempt());
            case QueueBatch batch ->
                line.with("event", "queue")
                        .with("task", batch.task())
                        .with("queue", batch.queue())
                        .with("messages", batch.deliveries().size());
        }
        line.write("received");
    }

    /** The work of such an event has come to its end. */
    public void ended(RequestId id, Outcome outcome, Duration took) {
        var word = outcome.name().toLowerCase(Locale.ROOT);
        traces.ended(id, word, outcome == Outcome.FAILED ? Fate.BROKEN : Fate.FINE);
        LogLine.at(REQUEST, Level.INFO)
                .with("request", id)
                .with("outcome", word)
                .with("ms", millis(took))
                .write("answered");
    }

    @Override
    public void judging(Inbound event) {
        traces.judging(event.id());
    }

    @Override
    public void admitted(Grant grant) {
        var principal = grant.principal();
        traces.judged(grant.request(), principal.mechanism().text(), "admitted");
        metrics.admitted(principal.mechanism());
        var scopes = principal.scopes();
        LogLine.at(IDENTITY, Level.INFO)
                .with("request", grant.request())
                .with("mechanism", principal.mechanism())
                .with(
                        "principal",
                        new Named(
                                principal.mechanism().text() + ":",
                                principal.subject().text()))
                .with("scopes", scopes.isEmpty() ? "" : sorted(scopes))
                .with("until", until(grant.validUntil()))
                .with("issuer", principal.issuer().text())
                .with("credential", new Named("", principal.credential().text()))
                .write("admitted");
    }

    /** A credential that does not hold has a line of its own but once a second for an address and a reason; see {@link #tellCounted}. */
    @Override
    public void refused(Inbound event, Refusal refusal) {
        traces.judged(event.id(), refusal.mechanism().text(), refusal.reason().text());
        metrics.refused(refusal.mechanism(), refusal.reason());
        if (!(event instanceof Fetch fetch) || !refusal.reason().badCredential()) {
            refusal(event.id(), refusal.mechanism().text(), refusal.reason()).write("refused");
            return;
        }
        var peer = fetch.peer().address();
        var source = new RefusalLines.Source(peer, refusal.mechanism().text(), refusal.reason());
        if (refusals.first(source, fetch.id(), RequestLog::tell)) {
            refusal(event.id(), source.mechanism(), source.reason())
                    .with("peer", peer)
                    .write("refused");
        }
    }

    /** Writes how many credentials were rejected without a line of their own in seconds that are over. */
    void tellCounted() {
        refusals.due().forEach(RequestLog::tell);
    }

    /** The same for all that were. */
    void tellRest() {
        refusals.rest().forEach(RequestLog::tell);
    }

    private static void tell(RefusalLines.Sum sum) {
        refusal(sum.last(), sum.source().mechanism(), sum.source().reason())
                .with("peer", sum.source().peer())
                .with("count", sum.count())
                .write("refused");
    }

    private static LogLine refusal(RequestId request, String mechanism, Reason reason) {
        return LogLine.at(IDENTITY, Level.INFO)
                .with("request", request)
                .with("mechanism", mechanism)
                .with("reason", reason.text());
    }

    /** A limit refused what identity had admitted, or would not look at. */
    public void limited(RequestId request, String limit) {
        metrics.limited(limit);
        LogLine.at(IDENTITY, Level.INFO)
                .with("request", request)
                .with("reason", limit)
                .write("limited");
    }

    @Override
    public boolean wantsKeys(RequestId request) {
        return traces.has(request);
    }

    @Override
    public void called(StorageCall call) {
        metrics.called(call);
        var level = level(call.result());
        traces.called(call, level.toInt() >= Level.WARN.toInt() ? Fate.BROKEN : Fate.FINE);
        var line = LogLine.at(STORAGE, level)
                .with("request", call.request())
                .with("port", call.port().text())
                .with("op", call.operation());
        if (!call.resource().isEmpty()) {
            line.with("namespace", call.resource());
        }
        switch (call.result()) {
            case StorageCall.Done done ->
                line.with(done.name(), done.value())
                        .with("ms", millis(call.took()))
                        .write("done");
            case StorageCall.Failed failed ->
                line.with("code", failed.code()).with("ms", millis(call.took())).write("failed");
        }
    }

    /** A store that says no to its caller works; one that cannot answer, or answers wrongly, is the operator's business. */
    private static Level level(StorageCall.Result result) {
        return switch (result) {
            case StorageCall.Done done -> Level.INFO;
            case StorageCall.Failed failed ->
                switch (failed.code()) {
                    case CORRUPT -> Level.ERROR;
                    case FENCED, OVERLOADED, UNAVAILABLE, FULL, OUTCOME_UNKNOWN, THROTTLED -> Level.WARN;
                    default -> Level.INFO;
                };
        };
    }

    /** App code ended with a failure. From WARN on with its stack trace, which is for the operator alone. */
    public void failed(RequestId request, Level level, RuntimeException failure) {
        if (level.toInt() >= Level.WARN.toInt()) {
            REQUEST.atLevel(level)
                    .addKeyValue("request", request)
                    .setCause(failure)
                    .log("failed");
        } else {
            var message = failure.getMessage();
            LogLine.at(REQUEST, level)
                    .with("request", request)
                    .with("failure", message == null ? failure.getClass().getSimpleName() : message)
                    .write("failed");
        }
    }

    private static String sorted(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(","));
    }

    // No texts: the thread that writes the lines makes them of these, and not the one that serves the request.

    private static Instant until(Instant moment) {
        return moment.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    private static Tenths millis(Duration took) {
        return new Tenths(Math.round(took.toNanos() / NANOS_PER_MILLI * 10));
    }

    /** A number with one digit behind the point. */
    private record Tenths(long number) {
        @Override
        public String toString() {
            return number / 10 + "." + number % 10;
        }
    }
}
