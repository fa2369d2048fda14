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
            parts.append(" on ").append(containers(rule)).append(" with ").append(prefixes(rule));
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

    private static String containers(Permission rule) {
        return rule.containers().isEmpty()
                ? "no namespace"
                : rule.containers().stream()
                        .map(KeyDescription::container)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String container(ResourcePattern pattern) {
        return switch (pattern) {
            case ResourcePattern.All all -> "every namespace";
            case ResourcePattern.Exactly exactly -> "namespace " + exactly.container();
            case ResourcePattern.Like like -> "namespaces like " + like.titles();
            case ResourcePattern.Except(var within, var containers) ->
                container(within) + " but " + containers.stream().sorted().collect(Collectors.joining(" and "));
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
