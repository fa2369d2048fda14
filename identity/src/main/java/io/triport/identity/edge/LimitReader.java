package io.triport.identity.edge;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import java.time.Duration;

/** Reads what connections and bodies may ask of the app. @param usual where nothing is configured */
record LimitReader(EdgeLimits usual) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_BODY = Duration.ofDays(7);
    private static final int MOST_PLACES = 100_000;

    EdgeLimits read(Section limits, Section timeouts) {
        return new EdgeLimits(
                head(limits),
                body(limits),
                patience(timeouts),
                pace(timeouts),
                connections(limits),
                work(limits.section("concurrency")));
    }

    private EdgeLimits.Head head(Section limits) {
        var head = usual.head();
        return new EdgeLimits.Head(
                limits.value(
                        "request-line",
                        Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(64)),
                        head.requestLine().toString(),
                        "Bytes of the request line."),
                limits.value(
                        "header-bytes",
                        Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(256)),
                        head.section().toString(),
                        "Bytes of all header fields together."),
                limits.value(
                        "header-fields", Value.integer(1, 1000), Integer.toString(head.fields()), "Header fields."),
                limits.value(
                        "query-parameters",
                        Value.integer(1, 10_000),
                        Integer.toString(head.parameters()),
                        "Query parameters."));
    }

    private EdgeLimits.Body body(Section limits) {
        var body = usual.body();
        return new EdgeLimits.Body(
                body.declared(),
                limits.value(
                        "chunk-extension",
                        Value.size(ByteSize.ZERO, ByteSize.ofKiB(4)),
                        body.extension().toString(),
                        "Bytes behind the size of a chunk."),
                limits.value(
                        "trailers",
                        Value.size(ByteSize.ZERO, ByteSize.ofKiB(64)),
                        body.trailers().toString(),
                        "Bytes of all fields behind a body."),
                limits.value(
                        "streamed-bodies",
                        Value.size(ByteSize.ofKiB(1), ByteSize.ofMiB(64)),
                        body.streamed().toString(),
                        "A longer body counts as a stream: connections bound it, and not the requests at work."),
                limits.value(
                        "held-bodies",
                        Value.percent(1, 75),
                        body.held() + "%",
                        "Part of the heap that all bodies being held may take together."));
    }

    private EdgeLimits.Patience patience(Section timeouts) {
        var patience = usual.patience();
        return new EdgeLimits.Patience(
                duration(timeouts, "first-byte", patience.firstByte(), "From accept to the first byte."),
                duration(timeouts, "head", patience.head(), "For the head of a request, from its first byte."),
                duration(timeouts, "keep-alive", patience.keepAlive(), "Between two requests of a connection."),
                duration(
                        timeouts,
                        "stalled-reply",
                        patience.stalledReply(),
                        "How long a client may take nothing of a reply."));
    }

    private EdgeLimits.Pace pace(Section timeouts) {
        var pace = usual.pace();
        return new EdgeLimits.Pace(
                timeouts.value(
                        "body-whole",
                        Value.duration(SHORTEST, LONGEST_BODY),
                        Value.show(pace.whole()),
                        "For a whole body: 30s, and 1s for each 64KiB that it may have."),
                duration(timeouts, "body-idle", pace.idle(), "Between two pieces of a body."),
                timeouts.value(
                        "body-rate",
                        Value.size(ByteSize.ofBytes(1), ByteSize.ofMiB(1)),
                        pace.perSecond().toString(),
                        "Least average rate of a body, per second."),
                duration(timeouts, "body-rate-after", pace.grace(), "Before the rate is looked at."));
    }

    private EdgeLimits.Connections connections(Section limits) {
        var connections = usual.connections();
        var total = limits.value(
                "connections",
                Value.integer(1, 1_000_000),
                Integer.toString(connections.total()),
                "Open connections of the app's port.");
        return new EdgeLimits.Connections(
                total,
                limits.value(
                        "per-ip-connections",
                        Value.integer(1, total),
                        Integer.toString(Math.min(connections.perAddress(), total)),
                        "Open connections of one IPv4 address or one IPv6 /64."),
                limits.value(
                        "requests-per-connection",
                        Value.integer(1, 1_000_000),
                        Integer.toString(connections.requests()),
                        "Requests that are answered on one connection."));
    }

    /** Each bound is read within the one before, so that what does not fit together is named. */
    private EdgeLimits.Work work(Section concurrency) {
        var work = usual.work();
        var most = concurrency.value(
                "most",
                Value.integer(1, MOST_PLACES),
                Integer.toString(work.most()),
                "Requests at work when all goes well.");
        var least = concurrency.value(
                "least",
                Value.integer(1, most),
                Integer.toString(Math.min(work.least(), most)),
                "Requests at work that overload never takes away.");
        return new EdgeLimits.Work(
                concurrency.value(
                        "start",
                        Value.integer(least, most),
                        Integer.toString(Math.clamp(work.start(), least, most)),
                        "Requests at work at the start."),
                least,
                most,
                concurrency.value(
                        "queue-age",
                        Value.duration(Duration.ofMillis(1), Duration.ofSeconds(1)),
                        Value.show(work.queueAge()),
                        "How long a request may wait to be at work."));
    }

    private static Duration duration(Section section, String name, Duration usual, String about) {
        return section.value(name, Value.duration(SHORTEST, LONGEST), Value.show(usual), about);
    }
}
