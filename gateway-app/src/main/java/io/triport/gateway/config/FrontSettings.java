package io.triport.gateway.config;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;

/** What is asked of clients before a request is looked at. */
public record FrontSettings(Limits limits, Timeouts timeouts, Compat compat, boolean securityHeaders) {
    public record Limits(
            ByteSize requestLine,
            ByteSize headerBytes,
            int headerCount,
            ByteSize body,
            int connections,
            int perAddress,
            boolean strictHeaderNames,
            int rejectedPerMinute) {}

    /** @param bodyRate bytes per second, averaged after 10 s */
    public record Timeouts(
            Duration head, Duration bodyIdle, int bodyRate, Duration keepAlive, Duration drain, Duration drainDelay) {}

    /** What old clients and upstreams were used to. @param accessStatus whether an Access token that does not hold is 403 */
    public record Compat(boolean plainJson, boolean responseTime, boolean accessStatus) {}

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
        var connections =
                section.value("connections", Value.integer(1, 1_000_000), "10000", "Open connections of clients.");
        return new Limits(
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
                section.value(
                        "body",
                        Value.size(ByteSize.ZERO, ByteSize.ofMiB(8192)),
                        "10MiB",
                        "The longest body of a route that does not say its own."),
                connections,
                section.value(
                        "perIpConnections",
                        Value.integer(1, connections),
                        Integer.toString(Math.min(256, connections)),
                        "Open connections of one IPv4 address or one IPv6 /64."),
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

    private static Timeouts timeouts(Section section) {
        var least = Duration.ofMillis(100);
        var most = Duration.ofHours(1);
        return new Timeouts(
                section.value("clientHeader", Value.duration(least, most), "10s", "For the head of a request."),
                section.value("clientBodyIdle", Value.duration(least, most), "15s", "Between two pieces of its body."),
                section.value("clientBodyMinRate", Values.RATE, "240B/s", "Least average rate of it after 10 s."),
                section.value("keepAliveIdle", Value.duration(least, most), "60s", "Between two requests."),
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
