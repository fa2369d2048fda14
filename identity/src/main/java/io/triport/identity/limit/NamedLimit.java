package io.triport.identity.limit;

import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.Sha256;
import io.triport.domain.request.StoreLoss;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A limit as a configuration describes it.
 *
 * @param name in headers, metrics and routes
 * @param key whose buckets there are, 1 part or more
 * @param keys buckets that are remembered at most
 */
public record NamedLimit(String name, RateLimit limit, List<LimitKeyPart> key, LimitCost cost, int keys) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Value<Long> UNITS = Value.number(1, 1_000_000_000_000L);
    private static final Value<Duration> WINDOW = Value.duration(Duration.ofMillis(1), Duration.ofDays(1));
    private static final long LONGEST_LOG = 100_000;
    private static final int LONGEST_KEY = 512;
    private static final int FEWEST_KEYS = 100;

    public NamedLimit {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: " + name + " (expected: 1..64 of A-Z a-z 0-9 _ -)");
        }
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key: none (expected: at least one part)");
        }
    }

    /** Reads what lies under the limit's name. @throws io.triport.identity.config.ConfigError for settings that make no limit */
    public static NamedLimit read(Section section) {
        var limit = rate(section);
        var key = section.list("key", LimitKeyPart.VALUE, "Whose buckets there are.");
        var cost = section.value("cost", LimitCost.VALUE, "1", "What a request takes.");
        var keys = section.value(
                "keys",
                Value.integer(FEWEST_KEYS, LocalRateLimiter.MOST),
                Integer.toString(LocalRateLimiter.MOST),
                "Buckets that are remembered at most.");
        if (key.isEmpty()) {
            throw section.error("key", "none", "at least one part, such as [principal]");
        }
        if (cost.units() > limit.burst()) {
            throw section.error("cost", Long.toString(cost.units()), "at most the limit, or its burst");
        }
        if (!NAME.matcher(section.name()).matches()) {
            throw section.error("", section.name(), "a name of 1..64 characters of A-Z a-z 0-9 _ -");
        }
        return new NamedLimit(section.name(), limit, key, cost, keys);
    }

    private static RateLimit rate(Section section) {
        var algorithm = section.value(
                "algorithm", Value.oneOf(LimitAlgorithm.values()), "sliding-window", "How what was taken is counted.");
        long limit = section.optional("limit", UNITS, "Units in a window.")
                .orElseThrow(() -> section.error("limit", "nothing", UNITS.expectation()));
        var window = section.optional("window", WINDOW, "How long the window is.")
                .orElseThrow(() -> section.error("window", "nothing", WINDOW.expectation()));
        long burst = section.value("burst", UNITS, Long.toString(limit), "Units that a full token bucket holds.");
        var scope = section.value(
                "scope", Value.oneOf(LimitScope.values()), "local", "Whether each node counts, or all together.");
        var loss = section.value(
                "onStoreError",
                Value.oneOf(StoreLoss.values()),
                "local",
                "What becomes of a shared limit while its store does not answer.");
        if (burst < limit || (algorithm != LimitAlgorithm.TOKEN_BUCKET && burst != limit)) {
            throw section.error("burst", Long.toString(burst), "at least the limit; more for a token bucket only");
        }
        if (algorithm == LimitAlgorithm.SLIDING_LOG && limit > LONGEST_LOG) {
            throw section.error("limit", Long.toString(limit), "at most " + LONGEST_LOG + " for a sliding log");
        }
        return new RateLimit(algorithm, limit, window, burst, scope, loss);
    }

    /**
     * What a request takes of this limit.
     *
     * @param owner the parts of the key, joined so that no two owners share a text
     */
    public Charge charge(String owner, long units) {
        var whole = name + ':' + owner;
        return new Charge(
                whole.length() <= LONGEST_KEY
                        ? whole
                        : name + ":#" + Sha256.hex(owner.getBytes(StandardCharsets.UTF_8)),
                limit,
                units);
    }
}
