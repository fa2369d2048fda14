package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;
import java.util.List;

/**
 * A limit that routes may name.
 *
 * @param key parts, at least one
 * @param cost units, or the name of a field of the request that says how many
 */
public record LimitSettings(
        String name,
        Algorithm algorithm,
        long limit,
        Duration window,
        long burst,
        List<String> key,
        Scope scope,
        OnStoreError onStoreError,
        String cost,
        int maxKeys) {
    public LimitSettings {
        key = List.copyOf(key);
    }

    /** How it counts. */
    public enum Algorithm {
        SLIDING_WINDOW,
        TOKEN_BUCKET,
        FIXED,
        SLIDING_LOG
    }

    /** Who shares the count. */
    public enum Scope {
        LOCAL,
        SHARED
    }

    /** What a shared limit does while its store is away. */
    public enum OnStoreError {
        LOCAL,
        DENY,
        ALLOW
    }

    private static final Value<String> PART = Value.matching(
            "principal|ip|ip/64|route|global|header:[A-Za-z0-9-]{1,64}|claim:[A-Za-z0-9_.-]{1,64}",
            "principal, ip, ip/64, route, global, header:Name or claim:name");

    static LimitSettings read(Section section) {
        if (!section.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw section.error(section.name(), section.name(), "a name of 1..64 characters of A-Z a-z 0-9 . _ -");
        }
        var limit = section.optional("limit", Value.number(1, 1_000_000_000), "Requests in the window.")
                .orElseThrow(() -> section.error("limit", "missing", "how many"));
        var window = section.optional(
                        "window", Values.duration(Values.MILLI, Duration.ofDays(1)), "The time that is looked at.")
                .orElseThrow(() -> section.error("window", "missing", "in how long"));
        var algorithm = section.value("algorithm", Value.oneOf(Algorithm.values()), "sliding-window", "How it counts.");
        var burst = section.optional(
                "burst", Value.number(1, 1_000_000_000), "What a full token bucket holds; the limit if left out.");
        if (burst.isPresent() && algorithm != Algorithm.TOKEN_BUCKET) {
            throw section.error("burst", burst.get().toString(), "algorithm: token-bucket beside it");
        }
        if (burst.isPresent() && burst.get() < limit) {
            throw section.error("burst", burst.get().toString(), "at least the limit, " + limit);
        }
        var key = section.list("key", PART, "Whose count it is; all parts together.");
        if (key.isEmpty()) {
            throw section.error("key", "none", "at least one part, such as principal");
        }
        return new LimitSettings(
                section.name(),
                algorithm,
                limit,
                window,
                burst.orElse(limit),
                key,
                section.value("scope", Value.oneOf(Scope.values()), "local", "Who shares the count."),
                section.value(
                        "onStoreError",
                        Value.oneOf(OnStoreError.values()),
                        "local",
                        "What a shared limit does while its store is away."),
                section.value(
                        "cost",
                        Value.matching("[1-9][0-9]{0,8}|header:[A-Za-z0-9-]{1,64}", "1..999999999 or header:Name"),
                        "1",
                        "What a request takes, or the field of the request that says it."),
                section.value("maxKeys", Value.integer(1, 100_000_000), "1000000", "Counts kept at most."));
    }
}
