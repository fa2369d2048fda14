package io.triport.kv;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Scope;
import io.triport.identity.Allowance;
import io.triport.kv.remote.RemotePort;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do, for people. */
record AllowanceText(Allowance allowance) {
    @Override
    public String toString() {
        var parts = new StringBuilder()
                .append(allowance.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(", ")));
        for (var rule : allowance.permissions().rules()) {
            parts.append(" on ").append(resources(rule));
        }
        if (!allowance.cidrs().isEmpty()) {
            parts.append(", from ").append(allowance.cidrs());
        }
        if (!allowance.until().equals(Instant.MAX)) {
            parts.append(", until ").append(allowance.until());
        }
        allowance
                .limits()
                .forEach(limit -> parts.append(", ")
                        .append(limit.limit())
                        .append(" requests per ")
                        .append(limit.window().toMillis())
                        .append(" ms, ")
                        .append(limit.burst())
                        .append(" at once, ")
                        .append(limit.scope().name().toLowerCase(Locale.ROOT)));
        return parts.toString();
    }

    /** What the resources of a rule are called, one and many of them. */
    private enum Kind {
        NAMESPACE("namespace", "namespaces", RemotePort.Prefixes.HOLD),
        DATABASE("database", "databases", RemotePort.SQL.prefixes()),
        QUEUE("queue", "queues", RemotePort.QUEUE.prefixes()),
        BUCKET("bucket", "buckets", RemotePort.OBJECT.prefixes()),
        CLASS("class", "classes", RemotePort.DO.prefixes()),
        CACHE("cache", "caches", RemotePort.CACHE.prefixes()),
        INDEX("index", "indexes", RemotePort.VECTOR.prefixes()),
        MODEL("model", "models", RemotePort.AI.prefixes());

        private final String one;
        private final String many;
        private final RemotePort.Prefixes prefixes;

        Kind(String one, String many, RemotePort.Prefixes prefixes) {
            this.one = one;
            this.many = many;
            this.prefixes = prefixes;
        }

        static Kind of(Permission rule) {
            return Arrays.stream(RemotePort.values())
                    .filter(port -> all(rule, port.text() + "."))
                    .findFirst()
                    .map(Kind::of)
                    .orElse(NAMESPACE);
        }

        private static Kind of(RemotePort port) {
            return switch (port) {
                case SQL -> DATABASE;
                case QUEUE -> QUEUE;
                case OBJECT -> BUCKET;
                case DO -> CLASS;
                case CACHE -> CACHE;
                case VECTOR -> INDEX;
                case AI -> MODEL;
            };
        }

        private static boolean all(Permission rule, String port) {
            return !rule.actions().isEmpty()
                    && rule.actions().stream()
                            .allMatch(action -> action.scope().text().startsWith(port));
        }
    }

    private static String resources(Permission rule) {
        var kind = Kind.of(rule);
        return switch (kind.prefixes) {
            case HOLD -> containers(rule, kind) + " with " + prefixes(rule);
            case NONE -> containers(rule, kind);
        };
    }

    private static String containers(Permission rule, Kind kind) {
        return rule.containers().isEmpty()
                ? "no " + kind.one
                : rule.containers().stream()
                        .map(pattern -> container(pattern, kind))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String container(ResourcePattern pattern, Kind kind) {
        return switch (pattern) {
            case ResourcePattern.All all -> "every " + kind.one;
            case ResourcePattern.Exactly exactly -> kind.one + " " + exactly.container();
            case ResourcePattern.Like like -> kind.many + " like " + like.titles();
            case ResourcePattern.Except(var within, var containers) ->
                container(within, kind) + " but " + containers.stream().sorted().collect(Collectors.joining(" and "));
        };
    }

    private static String prefixes(Permission rule) {
        return rule.prefixes().isEmpty()
                ? "no key"
                : rule.prefixes().stream().map(AllowanceText::prefix).sorted().collect(Collectors.joining(", "));
    }

    private static String prefix(KeyPrefix prefix) {
        return prefix.bytes().isEmpty()
                ? "every key"
                : "keys from " + prefix.bytes().toUtf8();
    }
}
