package io.triport.gateway.config;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.tls.ClientTls;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param hedge null for off. @param health null for off
 */
public record UpstreamSettings(
        String name,
        List<TargetSettings> targets,
        Balance balance,
        String hash,
        ClientTls tls,
        Pool pool,
        Timeouts timeout,
        Retry retry,
        @Nullable Hedge hedge,
        @Nullable Health health,
        Breaker breaker,
        Protocol protocol,
        boolean panic) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** One asks, and those before it may not be closed yet. */
    private static final int CONNECTIONS_THAT_ASK = 8;

    public UpstreamSettings {
        targets = List.copyOf(targets);
    }

    /** How a target is chosen. */
    public enum Balance {
        ROUND_ROBIN,
        LEAST_REQUESTS,
        CONSISTENT_HASH
    }

    /** What is spoken with the targets. */
    public enum Protocol {
        /** What the target offers by ALPN where there is TLS, else HTTP/1.1. */
        AUTO,
        HTTP1,
        /** HTTP/2 by ALPN, or with prior knowledge where there is no TLS. */
        HTTP2
    }

    /** @param maxConnections to one target. @param maxPending requests that wait for a connection to one target */
    public record Pool(int maxConnections, int maxPending, Duration idle) {}

    /** @param total over all attempts, up to the head of the answer */
    public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}

    /** What an attempt may fail with to be made again. */
    public enum RetryOn {
        CONNECT_ERROR("connect-error"),
        RESET_BEFORE_RESPONSE("reset-before-response"),
        BAD_GATEWAY("502"),
        SERVICE_UNAVAILABLE("503"),
        GATEWAY_TIMEOUT("504");

        private final String word;

        RetryOn(String word) {
            this.word = word;
        }

        static RetryOn parse(String text) {
            for (var each : values()) {
                if (each.word.equals(text)) {
                    return each;
                }
            }
            throw new InvalidInput("on", "connect-error, reset-before-response, 502, 503 or 504");
        }
    }

    /** @param attempts in all, the first included. @param budget share of the requests of the last 10 s that may be repeats */
    public record Retry(
            int attempts, Set<RetryOn> on, Set<String> methods, Duration perTry, double budget, Backoff backoff) {
        public Retry {
            on = Set.copyOf(on);
            methods = Set.copyOf(methods);
        }
    }

    /** A second request when the first takes long. */
    public record Hedge(Duration after, int max, Set<String> methods) {
        public Hedge {
            methods = Set.copyOf(methods);
        }
    }

    /** Questions to each target, independent of traffic. */
    public record Health(
            String path, Duration every, Duration timeout, int unhealthyAfter, int healthyAfter, StatusRange expect) {}

    /** @param countServerErrors whether a 500 is a failure too */
    public record Breaker(
            int failures,
            Duration window,
            int minRequests,
            double errorRate,
            Duration open,
            int halfOpenProbes,
            int closeAfter,
            boolean countServerErrors) {}

    /**
     * What questions for health are asked with: connections of their own, so that neither the bound of those that requests have
     * nor their patience counts.
     */
    public UpstreamSettings asking(Health questions) {
        return new UpstreamSettings(
                name,
                targets,
                balance,
                hash,
                tls,
                new Pool(CONNECTIONS_THAT_ASK, CONNECTIONS_THAT_ASK, questions.every()),
                new Timeouts(questions.timeout(), questions.timeout(), questions.timeout(), questions.timeout()),
                retry,
                hedge,
                questions,
                breaker,
                protocol,
                panic);
    }

    static UpstreamSettings read(Section section) {
        if (!section.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw section.error(section.name(), section.name(), "a name of 1..64 characters of A-Z a-z 0-9 . _ -");
        }
        var targets = section.sections("targets").stream()
                .map(UpstreamSettings::target)
                .toList();
        if (targets.isEmpty()) {
            throw section.error("targets", "none", "at least one {url: ...}");
        }
        if (targets.stream().allMatch(target -> target.weight() == 0)) {
            throw section.error("targets", "no target has a weight", "one of weight 1 or more");
        }
        var seen = new HashSet<String>();
        for (var target : targets) {
            if (!seen.add(target.toString())) {
                throw section.error("targets", target + " twice", "each target once");
            }
        }
        var balance = section.value("balance", Value.oneOf(Balance.values()), "round-robin", "How a target is chosen.");
        var hash = section.value(
                "hash",
                Value.matching("principal|ip|header:[A-Za-z0-9-]{1,64}", "principal, ip or header:Name"),
                "principal",
                "What consistent-hash looks at.");
        var settings = new UpstreamSettings(
                section.name(),
                targets,
                balance,
                hash,
                tls(section.section("tls"), targets),
                pool(section.section("pool")),
                timeouts(section.section("timeout")),
                retry(section.section("retry")),
                section.has("hedge") ? hedge(section.section("hedge")) : null,
                section.has("health") ? health(section.section("health")) : null,
                breaker(section.section("breaker")),
                section.value(
                        "protocol",
                        Value.oneOf(Protocol.values()),
                        "auto",
                        "What is spoken: what ALPN gives, or one of the two always."),
                section.value(
                        "panic", Value.SWITCH, "false", "Whether all targets are used when none of them is healthy."));
        return settings;
    }

    private static TargetSettings target(Section section) {
        var weight = section.value("weight", Values.WEIGHT, "1", "Share among the targets; 0 for none.");
        return section.optional(
                        "url",
                        new Value<>(
                                "an http or https URL with a host, not link-local, multicast or of a metadata service,"
                                        + " without user, query or fragment",
                                text -> TargetSettings.parse(text, weight)),
                        "Where the target listens.")
                .orElseThrow(() -> section.error("url", "missing", "the URL of the target"));
    }

    private static ClientTls tls(Section section, List<TargetSettings> targets) {
        var tls = ClientTls.read(section);
        if (!section.names().isEmpty() && targets.stream().noneMatch(TargetSettings::secure)) {
            throw section.error(section.names().getFirst(), "set", "no tls where no target is https");
        }
        return tls;
    }

    private static Pool pool(Section section) {
        return new Pool(
                section.value(
                        "maxConnections", Value.integer(1, 100_000), "256", "Open connections to one target at most."),
                section.value(
                        "maxPending",
                        Value.integer(0, 1_000_000),
                        "1024",
                        "Requests that wait for a connection to one target at most."),
                section.value(
                        "idle", Values.duration(Values.MILLI, HOUR), "60s", "How long an unused connection is kept."));
    }

    private static Timeouts timeouts(Section section) {
        return new Timeouts(
                section.value("connect", Values.duration(Values.MILLI, HOUR), "2s", "For a connection and its TLS."),
                section.value(
                        "firstByte",
                        Values.duration(Values.MILLI, DAY),
                        "15s",
                        "From the request to the head of its answer."),
                section.value("idle", Values.duration(Values.MILLI, DAY), "30s", "Between two pieces of an answer."),
                section.value(
                        "total",
                        Values.duration(Values.MILLI, DAY),
                        "60s",
                        "For all attempts together, to the head of the answer."));
    }

    private static Retry retry(Section section) {
        return new Retry(
                section.value("attempts", Value.integer(1, 10), "2", "Attempts in all."),
                Set.copyOf(listOr(
                        section,
                        "on",
                        new Value<>("connect-error, reset-before-response, 502, 503 or 504", RetryOn::parse),
                        List.of(RetryOn.values()),
                        "What an attempt may fail with to be repeated; all of them if left out.")),
                Set.copyOf(listOr(
                        section,
                        "methods",
                        Values.METHOD,
                        List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE"),
                        "Methods that may be repeated; GET, HEAD, OPTIONS, PUT, DELETE if left out.")),
                section.value("perTry", Values.duration(Values.MILLI, DAY), "15s", "For one attempt."),
                section.value(
                        "budget", Values.PERCENT, "20%", "Share of the last 10 s of requests that may be repeats."),
                section.value("backoff", Values.BACKOFF, "25ms..250ms", "Waited between attempts."));
    }

    private static <T> List<T> listOr(Section section, String name, Value<T> value, List<T> fallback, String about) {
        var read = section.list(name, value, about);
        return section.has(name) ? read : fallback;
    }

    private static Hedge hedge(Section section) {
        return new Hedge(
                section.value(
                        "after", Values.duration(Values.MILLI, HOUR), "200ms", "How late the second request is sent."),
                section.value("max", Value.integer(1, 1), "1", "Further requests."),
                Set.copyOf(listOr(
                        section,
                        "methods",
                        Value.matching("GET|HEAD|OPTIONS", "GET, HEAD or OPTIONS"),
                        List.of("GET", "HEAD"),
                        "Methods that may be sent twice; GET, HEAD if left out.")));
    }

    private static Health health(Section section) {
        return new Health(
                section.value(
                        "path",
                        new Value<>("a path", text -> {
                            if (io.triport.gateway.route.RequestPath.read(text).isEmpty()) {
                                throw new InvalidInput("path", "a path");
                            }
                            return text;
                        }),
                        "/health",
                        "What is asked for."),
                section.value("every", Values.duration(Duration.ofMillis(10), HOUR), "10s", "Time between questions."),
                section.value("timeout", Values.duration(Values.MILLI, HOUR), "2s", "For one answer."),
                section.value(
                        "unhealthyAfter",
                        Value.integer(1, 1000),
                        "3",
                        "Wrong answers in a row that make it unhealthy."),
                section.value("healthyAfter", Value.integer(1, 1000), "2", "Right answers in a row that heal it."),
                section.value("expect", Values.STATUSES, "200-299", "Statuses of right answers."));
    }

    private static Breaker breaker(Section section) {
        return new Breaker(
                section.value("failures", Value.integer(1, 100_000), "5", "Failures in a row that open it."),
                section.value(
                        "window",
                        Values.duration(Duration.ofSeconds(1), HOUR),
                        "30s",
                        "Time that the rate is taken of."),
                section.value("minRequests", Value.integer(1, 1_000_000), "5", "Requests before it may open."),
                section.value("errorRate", Values.SHARE, "0.5", "Share of failures that opens it."),
                section.value(
                        "open",
                        Values.duration(Duration.ofMillis(10), HOUR),
                        "30s",
                        "How long it stays open the first time; doubled after each failed probe, up to 5 min."),
                section.value("halfOpenProbes", Value.integer(1, 1000), "1", "Requests at once while half open."),
                section.value("closeAfter", Value.integer(1, 1000), "2", "Successful probes that close it."),
                section.value("countServerErrors", Value.SWITCH, "false", "Whether a 500 counts as a failure."));
    }
}
