package io.triport.gateway.config;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import java.time.Duration;

/** What is asked of clients before a request is looked at. */
public record FrontSettings(Limits limits, Timeouts timeouts, Compat compat, boolean securityHeaders) {
    public record Limits(
            EdgeLimits.Head head,
            ByteSize chunkExtension,
            ByteSize trailers,
            int heldBodies,
            ByteSize body,
            EdgeLimits.Connections connections,
            EdgeLimits.Streams streams,
            EdgeLimits.Work work,
            boolean strictHeaderNames,
            int rejectedPerMinute) {}

    /** @param drain how long requests may take after the listener was closed. @param drainDelay how long it stays open */
    public record Timeouts(EdgeLimits.Patience patience, BodyPace body, Duration drain, Duration drainDelay) {}

    /** @param perSecond the least average rate in bytes. @param grace before it is looked at */
    public record BodyPace(Duration idle, int perSecond, Duration grace) {}

    /** What old clients and upstreams were used to. @param accessStatus whether an Access token that does not hold is 403 */
    public record Compat(boolean plainJson, boolean responseTime, boolean accessStatus) {}

    private static final Value<Duration> CLIENT = Value.duration(Duration.ofMillis(100), Duration.ofHours(1));

    static FrontSettings read(Section root) {
        var compat = root.section("compat");
        return new FrontSettings(
                limits(root.section("limits")),
                timeouts(root.section("timeouts")),
                new Compat(
                        compat.value(
                                "plainJson", Value.SWITCH, "false", "Errors as {\"error\": \"...\"} and nothing else."),
                        compat.value("responseTime", Value.SWITCH, "false", "X-Response-Time on answers."),
                        compat.value(
                                "accessStatus",
                                Value.SWITCH,
                                "false",
                                "403 and not 401 for a token of type access-jwt that does not hold.")),
                root.value(
                        "securityHeaders",
                        Value.SWITCH,
                        "false",
                        "X-Content-Type-Options on answers, and Strict-Transport-Security on TLS."));
    }

    private static Limits limits(Section section) {
        return new Limits(
                head(section),
                section.value(
                        "chunkExtension",
                        Value.size(ByteSize.ZERO, ByteSize.ofKiB(4)),
                        "256B",
                        "Bytes behind the size of a chunk."),
                section.value(
                        "trailers",
                        Value.size(ByteSize.ZERO, ByteSize.ofKiB(64)),
                        "8KiB",
                        "Bytes of all fields behind a body."),
                section.value(
                        "heldBodies",
                        Value.percent(1, 75),
                        "25%",
                        "Part of the heap that all bodies which a mechanism has to see whole may take together."),
                section.value(
                        "body",
                        Value.size(ByteSize.ZERO, ByteSize.ofMiB(8192)),
                        "10MiB",
                        "The longest body of a route that does not say its own."),
                connections(section),
                streams(section.section("http2")),
                work(section.section("concurrency")),
                section.value(
                        "strictHeaderNames",
                        Value.SWITCH,
                        "false",
                        "Whether fields are dropped whose name has anything but letters, digits and hyphens."),
                section.value(
                        "rejectedCredentials",
                        Value.integer(1, 1_000_000),
                        "60",
                        "Rejected credentials per minute and address before it is answered 429."));
    }

    private static EdgeLimits.Head head(Section section) {
        return new EdgeLimits.Head(
                section.value(
                        "requestLine",
                        Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(64)),
                        "8KiB",
                        "Bytes of the request line."),
                section.value(
                        "headerBytes",
                        Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(256)),
                        "32KiB",
                        "Bytes of all header fields together."),
                section.value("headerCount", Value.integer(1, 1000), "100", "Header fields."),
                section.value("queryParameters", Value.integer(1, 10_000), "200", "Parameters of the query."));
    }

    private static EdgeLimits.Connections connections(Section section) {
        var total = section.value("connections", Value.integer(1, 1_000_000), "10000", "Open connections of clients.");
        return new EdgeLimits.Connections(
                total,
                section.value(
                        "perIpConnections",
                        Value.integer(1, total),
                        Integer.toString(Math.min(256, total)),
                        "Open connections of one IPv4 address or one IPv6 /64."),
                section.value(
                        "requestsPerConnection",
                        Value.integer(1, 1_000_000),
                        "1000",
                        "Requests that are answered on one connection."));
    }

    private static EdgeLimits.Streams streams(Section section) {
        return new EdgeLimits.Streams(
                section.value("streams", Value.integer(1, 1_000), "100", "Streams of a connection at once."),
                section.value(
                        "streamWindow",
                        Value.size(ByteSize.ofKiB(16), ByteSize.ofMiB(16)),
                        "64KiB",
                        "Bytes on their way to the gateway on one stream."),
                section.value(
                        "connectionWindow",
                        Value.size(ByteSize.ofKiB(64), ByteSize.ofMiB(256)),
                        "1MiB",
                        "The same on all streams of a connection together."),
                section.value(
                        "resets",
                        Value.integer(1, 100_000),
                        "200",
                        "Streams that either side may reset in the time below; then the connection ends."),
                section.value(
                        "resetsIn",
                        Value.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                        "10s",
                        "That time, in whole seconds."));
    }

    // A place is held until the first byte of an answer, which here is a matter of upstreams. Each of them has a bound
    // of its
    // own, so the common one must not be the narrower: a slow upstream would take the places of the others.

    /** Each bound is read within the one before, so that what does not fit together is named. */
    private static EdgeLimits.Work work(Section section) {
        var most = section.value(
                "most", Value.integer(1, 100_000), "10000", "Requests without an answer when all goes well.");
        var least = section.value(
                "least",
                Value.integer(1, most),
                Integer.toString(Math.min(1_024, most)),
                "Those that overload never takes away; upstreams have bounds of their own.");
        return new EdgeLimits.Work(
                section.value(
                        "start",
                        Value.integer(least, most),
                        Integer.toString(Math.clamp(1_024, least, most)),
                        "Those at the start."),
                least,
                most,
                section.value(
                        "queueAge",
                        Value.duration(Duration.ofMillis(1), Duration.ofSeconds(1)),
                        "50ms",
                        "How long a request may wait to be one of them."));
    }

    private static Timeouts timeouts(Section section) {
        var head = section.value("clientHeader", CLIENT, "10s", "For the head of a request.");
        return new Timeouts(
                new EdgeLimits.Patience(
                        section.optional(
                                        "clientFirstByte",
                                        CLIENT,
                                        "From accept to the first byte; clientHeader if left out.")
                                .orElse(head),
                        head,
                        section.value("keepAliveIdle", CLIENT, "60s", "Between two requests."),
                        section.value(
                                "clientStalled", CLIENT, "30s", "How long a client may take nothing of an answer.")),
                new BodyPace(
                        section.value("clientBodyIdle", CLIENT, "15s", "Between two pieces of a body."),
                        section.value("clientBodyMinRate", Values.RATE, "240B/s", "Least average rate of it."),
                        section.value("clientBodyGrace", CLIENT, "10s", "Before that rate is looked at.")),
                section.value(
                        "drain",
                        Value.duration(Duration.ZERO, Duration.ofMinutes(10)),
                        "25s",
                        "How long requests may take after the listener was closed."),
                section.value(
                        "drainDelay",
                        Value.duration(Duration.ZERO, Duration.ofSeconds(20)),
                        "2s",
                        "How long the listener stays open after a stop was asked for."));
    }
}
