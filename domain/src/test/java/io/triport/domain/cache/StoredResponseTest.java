package io.triport.domain.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Responses whose bodies lie elsewhere, and may be gone. */
final class StoredResponseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CacheRequest PAGE = CacheRequest.get(CacheUrl.parse("https://site.example/a"));

    private final StoredResponse response = new StoredResponse(
            200,
            new Storability.Storable(
                    Storability.Audience.EVERYBODY,
                    new Headers(Map.of("etag", List.of("\"v1\""))),
                    Duration.ZERO,
                    Duration.ofSeconds(60)),
            new Vary(Map.of()),
            new Gone(),
            NOW);

    @Test
    void one_whose_body_is_gone_is_a_miss_whole_and_in_parts() {
        assertThat(response.answer(PAGE, NOW)).isEqualTo(new CacheMatch.Miss());
        assertThat(response.answer(asking("range", "bytes=0-1"), NOW)).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    void what_needs_no_body_is_answered_all_the_same() {
        assertThat(response.answer(asking("if-none-match", "\"v1\""), NOW)).isInstanceOf(CacheMatch.NotModified.class);
        assertThat(response.answer(asking("range", "bytes=10-"), NOW)).isEqualTo(new CacheMatch.RangeRefused(10));
    }

    @Test
    void a_body_weighs_what_it_takes_of_the_memory() {
        assertThat(response.weight()).isEqualTo(3 + "etag".length() + 32 + "\"v1\"".length());
    }

    @Test
    void a_plan_where_one_body_is_larger_than_the_disk_takes_is_none() {
        var limits = new CacheLimits(ByteSize.ofMiB(8), ByteSize.ofMiB(2));

        assertThat(new CachePlan(limits, new CachePlace.Memory()).limits()).isEqualTo(limits);
        assertThatThrownBy(() -> new CachePlan(limits, new CachePlace.MemoryAndDisk("d", ByteSize.ofMiB(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("largest: 2MiB");
    }

    private static CacheRequest asking(String name, String value) {
        return PAGE.with(new Headers(Map.of(name, List.of(value))));
    }

    private record Gone() implements StoredBody {
        @Override
        public int length() {
            return 10;
        }

        @Override
        public int weight() {
            return 3;
        }

        @Override
        public Optional<Content> open(int from, int to) {
            return Optional.empty();
        }
    }
}
