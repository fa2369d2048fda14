package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Admission;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.StoreLoss;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.limit.LimitKeyPart.Kind;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedLimitTest {
    private static final String EXAMPLE = """
        rateLimits:
          per-user: {algorithm: sliding-window, limit: 100, window: 60s, key: [principal], scope: shared, onStoreError: deny}
          burst:    {algorithm: token-bucket, limit: 20, window: 1s, burst: 40, key: [ip], cost: 'header:X-Cost', keys: 5000}
        """;

    private final NamedLimits limits =
            new NamedLimits(null, new Presence(null, "node", null), new SettableTicker(), 256L << 20);

    @Test
    void limits_are_read_as_they_are_written() {
        var read = read(EXAMPLE);

        assertThat(read.get("per-user"))
                .isEqualTo(new NamedLimit(
                        "per-user",
                        new RateLimit(
                                LimitAlgorithm.SLIDING_WINDOW,
                                100,
                                Duration.ofSeconds(60),
                                100,
                                LimitScope.SHARED,
                                StoreLoss.DENY),
                        List.of(new LimitKeyPart(Kind.PRINCIPAL, "")),
                        new LimitCost(1, ""),
                        1_000_000));
        assertThat(read.get("burst").limit()).isEqualTo(new RateLimit(20, Duration.ofSeconds(1), 40, LimitScope.LOCAL));
        assertThat(read.get("burst").cost()).isEqualTo(new LimitCost(1, "X-Cost"));
        assertThat(read.get("burst").keys()).isEqualTo(5_000);
    }

    @Test
    void every_part_of_a_key_has_a_name() {
        var read = read("rateLimits: {a: {limit: 1, window: 1s,"
                + " key: [principal, ip, ip/64, route, global, 'header:X-Tenant', 'claim:org:unit']}}");

        assertThat(read.get("a").key())
                .containsExactly(
                        new LimitKeyPart(Kind.PRINCIPAL, ""),
                        new LimitKeyPart(Kind.IP, ""),
                        new LimitKeyPart(Kind.IP_64, ""),
                        new LimitKeyPart(Kind.ROUTE, ""),
                        new LimitKeyPart(Kind.GLOBAL, ""),
                        new LimitKeyPart(Kind.HEADER, "X-Tenant"),
                        new LimitKeyPart(Kind.CLAIM, "org:unit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{window: 1s, key: [ip]}",
                "{limit: 1, key: [ip]}",
                "{limit: 1, window: 1s}",
                "{limit: 0, window: 1s, key: [ip]}",
                "{limit: 1, window: 2d, key: [ip]}",
                "{limit: 1, window: 1s, key: [address]}",
                "{limit: 1, window: 1s, key: ['header:a b']}",
                "{limit: 1, window: 1s, key: [ip], burst: 2}",
                "{limit: 3, window: 1s, key: [ip], burst: 2, algorithm: token-bucket}",
                "{limit: 100001, window: 1s, key: [ip], algorithm: sliding-log}",
                "{limit: 1, window: 1s, key: [ip], algorithm: leaky}",
                "{limit: 1, window: 1s, key: [ip], cost: 0}",
                "{limit: 1, window: 1s, key: [ip], cost: 2}",
                "{limit: 1, window: 1s, key: [ip], keys: 1000001}",
                "{limit: 1, window: 1s, key: [ip], unknown: 1}",
            })
    void what_makes_no_limit_is_refused_with_its_place(String settings) {
        assertThatThrownBy(() -> read("rateLimits:\n  a: " + settings))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("f.yml line 2")
                .hasMessageContaining("rateLimits.a.");
    }

    @Test
    void a_header_can_make_a_request_dearer_and_never_free() {
        var cost = new LimitCost(1, "X-Cost");

        assertThat(cost.of(name -> Optional.of("7"))).isEqualTo(7);
        for (var text : List.of("0", "-1", "", "1.5", "many", "9".repeat(30))) {
            assertThat(cost.of(name -> Optional.of(text))).isEqualTo(1);
        }
        assertThat(cost.of(name -> Optional.empty())).isEqualTo(1);
        assertThat(new LimitCost(3, "").of(name -> Optional.of("1"))).isEqualTo(3);
    }

    @Test
    void owners_of_two_limits_share_no_bucket_and_long_ones_keep_theirs_apart() {
        var read = read("rateLimits: {a: {limit: 1, window: 1s, key: [ip]}, b: {limit: 1, window: 1s, key: [ip]}}");
        var long1 = "x".repeat(600) + 1;
        var long2 = "x".repeat(600) + 2;

        assertThat(read.get("a").charge("owner", 1).key())
                .isNotEqualTo(read.get("b").charge("owner", 1).key());
        assertThat(read.get("a").charge(long1, 1).key())
                .isNotEqualTo(read.get("a").charge(long2, 1).key());
        assertThat(read.get("a").charge(long1, 1)).isEqualTo(read.get("a").charge(long1, 1));
    }

    @Test
    void buckets_of_a_limit_that_stays_live_through_a_change_of_the_others() {
        var before = read("rateLimits: {a: {limit: 1, window: 1h, key: [ip]}, b: {limit: 2, window: 1h, key: [ip]}}");
        var after = read("rateLimits: {a: {limit: 1, window: 1h, key: [ip]}, c: {limit: 3, window: 1h, key: [ip]}}");
        limits.use(before.values());
        limits.take(List.of(before.get("a").charge("o", 1), before.get("b").charge("o", 2)));

        limits.use(after.values());
        limits.use(before.values());

        assertThat(limits.take(List.of(before.get("a").charge("o", 1)))).isInstanceOf(Admission.Exhausted.class);
        assertThat(limits.take(List.of(before.get("b").charge("o", 2)))).isInstanceOf(Admission.Taken.class);
    }

    @Test
    void buckets_are_bounded_by_the_heap_too() {
        var read = read("rateLimits: {a: {limit: 1, window: 1h, key: [ip]},"
                + " b: {limit: 2, window: 1h, key: [ip], keys: 200}}");

        limits.use(read.values());

        assertThat(limits.most(read.get("a").limit())).isEqualTo((256 << 20) / 4 / 400 / 2);
        assertThat(limits.most(read.get("b").limit())).isEqualTo(200);
    }

    private static Limits read(String text) {
        var root = new Sources(ConfigFile.parse("f.yml", text), Map.of(), Map.of()).root();
        var read = root.named("rateLimits", NamedLimit::read);
        root.refuseUnknown();
        return new Limits(read);
    }

    private record Limits(Map<String, NamedLimit> byName) {
        NamedLimit get(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }

        Collection<NamedLimit> values() {
            return byName.values();
        }
    }
}
