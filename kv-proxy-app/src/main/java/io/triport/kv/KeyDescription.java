package io.triport.kv;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Scope;
import io.triport.identity.hmac.SigningKey;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a key opens, for people. */
record KeyDescription(SigningKey key) {
    @Override
    public String toString() {
        var parts = new StringBuilder()
                .append(key.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(", ")));
        for (var rule : key.permissions().rules()) {
            parts.append(" on ").append(resources(rule));
        }
        if (!key.cidrs().isEmpty()) {
            parts.append(", from ").append(key.cidrs());
        }
        if (!key.expiresAt().equals(Instant.MAX)) {
            parts.append(", until ").append(key.expiresAt());
        }
        key.limits()
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
        NAMESPACE("namespace", "namespaces"),
        DATABASE("database", "databases"),
        QUEUE("queue", "queues"),
        MODEL("model", "models");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }

        static Kind of(Permission rule) {
            if (all(rule, "sql.")) {
                return DATABASE;
            }
            if (all(rule, "queue.")) {
                return QUEUE;
            }
            return all(rule, "ai.") ? MODEL : NAMESPACE;
        }

        private static boolean all(Permission rule, String port) {
            return !rule.actions().isEmpty()
                    && rule.actions().stream()
                            .allMatch(action -> action.scope().text().startsWith(port));
        }
    }

    /** Only keys of namespaces have prefixes. */
    private static String resources(Permission rule) {
        var kind = Kind.of(rule);
        return kind == Kind.NAMESPACE ? containers(rule, kind) + " with " + prefixes(rule) : containers(rule, kind);
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
                : rule.prefixes().stream().map(KeyDescription::prefix).sorted().collect(Collectors.joining(", "));
    }

    private static String prefix(KeyPrefix prefix) {
        return prefix.bytes().isEmpty()
                ? "every key"
                : "keys from " + prefix.bytes().toUtf8();
    }
}
