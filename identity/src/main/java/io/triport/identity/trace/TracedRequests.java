package io.triport.identity.trace;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Inbound;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.StorageCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The traces of requests that are under way, by their ids: whoever tells the log of a request tells its trace by the same words. Costs
 * a look into an empty map where nothing is traced. Safe for many threads.
 */
public final class TracedRequests implements AutoCloseable {
    /*
     * By the id, and not in the request or its grant: what hears of storage knows no more of a request than its id, and work that a
     * request has handed to other threads is told all the same.
     */
    private static final int MOST_AT_ONCE = 10_000;
    private static final String OTHER_METHOD = "_OTHER";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final ConcurrentHashMap<RequestId, Going> going = new ConcurrentHashMap<>();
    private final @Nullable Tracing tracing;

    /** @param tracing null for off; closed with this */
    private TracedRequests(@Nullable Tracing tracing) {
        this.tracing = tracing;
    }

    public static TracedRequests none() {
        return new TracedRequests(null);
    }

    public static TracedRequests of(Tracing tracing) {
        return new TracedRequests(tracing.on() ? tracing : null);
    }

    /** A request of a client's has come. */
    public void began(Fetch fetch) {
        if (tracing != null
                && tracing.begin(() -> fetch.headers().all("traceparent")) instanceof RequestTrace.Traced trace) {
            var name = fetch.method().text();
            keep(
                    fetch.id(),
                    new Going(trace, "http.request.method", METHODS.contains(name) ? name : OTHER_METHOD),
                    tracing);
        }
    }

    /** The app begins something by itself. */
    public void began(Inbound event) {
        switch (event) {
            case Fetch fetch -> began(fetch);
            case Scheduled due -> began(due.id(), due.task());
            case QueueBatch batch -> began(batch.id(), batch.task());
        }
    }

    private void began(RequestId id, TaskName task) {
        if (tracing != null && tracing.begin() instanceof RequestTrace.Traced trace) {
            keep(id, new Going(trace, "triport.task", task.text()), tracing);
        }
    }

    private void keep(RequestId id, Going fresh, Tracing counting) {
        if (going.size() >= MOST_AT_ONCE || going.putIfAbsent(id, fresh) != null) {
            counting.lost();
        }
    }

    private @Nullable Going of(RequestId id) {
        return tracing == null ? null : going.get(id);
    }

    /** Whether what is told of the request goes anywhere. */
    public boolean has(RequestId id) {
        return of(id) != null;
    }

    /** What the request is, as the app calls it: a route or an operation, and no word of a client's. */
    public void named(RequestId id, String route) {
        var found = of(id);
        if (found != null) {
            found.named(route);
        }
    }

    /** The gate judges it from now on. */
    public void judging(RequestId id) {
        var found = of(id);
        if (found != null) {
            found.judging();
        }
    }

    /** The gate has decided. @param outcome {@code admitted}, or why not */
    public void judged(RequestId id, String mechanism, String outcome) {
        var found = of(id);
        if (found != null) {
            found.judged(mechanism, outcome);
        }
    }

    /** A call of a port has ended. */
    public void called(StorageCall call, Fate fate) {
        var found = of(call.request());
        if (found != null) {
            found.trace.called(new RequestTrace.Call(name(call), call.took(), fate, about(call)));
        }
    }

    private static String name(StorageCall call) {
        return "storage." + call.port().text() + "." + call.operation();
    }

    private static List<Attribute> about(StorageCall call) {
        var about = new ArrayList<Attribute>();
        about.add(Attribute.of("triport.adapter", call.adapter()));
        if (!call.resource().isEmpty()) {
            about.add(Attribute.of("triport.resource", call.resource()));
        }
        if (!call.key().text().isEmpty()) {
            about.add(Attribute.of("triport.key_hash", call.key().text()));
        }
        about.add(Attribute.outcome(
                switch (call.result()) {
                    case StorageCall.Done done -> "done";
                    case StorageCall.Failed(var code) -> code.name();
                }));
        return about;
    }

    /** A client's request has its answer. */
    public void answered(RequestId id, int status) {
        var found = tracing == null ? null : going.remove(id);
        if (found != null) {
            found.trace.over(RequestTrace.Ending.answered(
                    status, found.about(id, Attribute.of("http.response.status_code", status))));
        }
    }

    /** What the app began by itself is over. */
    public void ended(RequestId id, String outcome, Fate fate) {
        var found = tracing == null ? null : going.remove(id);
        if (found != null) {
            found.trace.over(new RequestTrace.Ending(fate, found.about(id, Attribute.outcome(outcome))));
        }
    }

    /** Traces that were lost since the start. */
    public long dropped() {
        return tracing == null ? 0 : tracing.dropped();
    }

    /** Brings what waits to the collector, if that takes it in time. */
    @Override
    public void close() {
        if (tracing != null) {
            tracing.close();
        }
    }

    /** A trace with what is known of its request. Its monitor guards that. */
    private static final class Going {
        private static final int NOT_JUDGED = -1;

        private final RequestTrace.Traced trace;
        private final Attribute kind;
        private @Nullable String route;
        private int judging = NOT_JUDGED;

        /** @param key and @param value whose request it is */
        private Going(RequestTrace.Traced trace, String key, String value) {
            this.trace = trace;
            this.kind = Attribute.of(key, value);
        }

        private synchronized void named(String name) {
            route = name;
        }

        private synchronized void judging() {
            if (judging == NOT_JUDGED) {
                judging = trace.begin(Stage.IDENTITY, "");
            }
        }

        private synchronized void judged(String mechanism, String outcome) {
            judging();
            trace.end(judging, List.of(Attribute.of("triport.mechanism", mechanism), Attribute.outcome(outcome)));
        }

        private synchronized List<Attribute> about(RequestId id, Attribute ending) {
            var about = new ArrayList<Attribute>();
            about.add(kind);
            if (route != null) {
                about.add(Attribute.of("triport.route", route));
            }
            about.add(Attribute.of("triport.request_id", id.text()));
            about.add(ending);
            return about;
        }
    }
}
