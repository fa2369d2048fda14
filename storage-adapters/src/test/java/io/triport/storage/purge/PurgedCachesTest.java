package io.triport.storage.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.storage.CachePlace;
import io.triport.storage.caffeine.CaffeineResponseCaches;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PurgedCachesTest {
    private static final CacheName NAME = new CacheName("pages");
    private static final CachePart ANN = new CachePart("ann");
    private static final CacheRequest PAGE = CacheRequest.get(CacheUrl.parse("https://example.org/page"));
    private static final ByteSize SIZE = new ByteSize(1 << 20);

    private final HeldLog log = new HeldLog();
    private final AtomicLong nanos = new AtomicLong();
    private final PurgedCaches one = node();
    private final PurgedCaches other = node();

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void a_purge_holds_here_at_once_and_on_the_other_node_when_it_has_read() {
        put(one);
        put(other);

        cache(one).purge(new Purge.All());

        assertThat(found(one)).isFalse();
        assertThat(found(other)).isTrue();
        other.follow();
        assertThat(found(other)).isFalse();
    }

    @Test
    void a_purge_is_done_once() {
        cache(one).purge(new Purge.All());
        other.follow();
        put(other);

        other.follow();

        assertThat(found(other)).isTrue();
    }

    @Test
    void a_node_that_has_not_read_for_five_seconds_finds_nothing_until_it_has() {
        put(other);
        log.away = true;

        pass(PurgedCaches.BOUND);
        assertThat(found(other)).isTrue();
        assertThatThrownBy(other::follow).isInstanceOf(StorageFailure.Unavailable.class);
        pass(Duration.ofNanos(1));
        assertThat(found(other)).isFalse();

        log.away = false;
        other.follow();
        assertThat(found(other)).isTrue();
    }

    @Test
    void a_node_that_has_missed_forgotten_purges_is_emptied() {
        put(other);
        cache(one).purge(new Purge.Prefix("https://example.net/"));
        cache(one).purge(new Purge.Prefix("https://example.net/"));
        log.forgetFirst();

        other.follow();

        assertThat(found(other)).isFalse();
    }

    @Test
    void a_purge_that_was_not_written_down_is_not_done_here_either() {
        put(one);
        log.away = true;

        assertThatThrownBy(() -> cache(one).purge(new Purge.All())).isInstanceOf(StorageFailure.Unavailable.class);

        assertThat(found(one)).isTrue();
    }

    @Test
    void a_deletion_is_about_its_node_alone() {
        put(one);
        put(other);

        assertThat(cache(one).delete(PAGE)).isTrue();
        other.follow();

        assertThat(found(other)).isTrue();
    }

    @Test
    void a_purge_of_another_node_takes_files_from_the_disk(@TempDir Path directory) {
        var limits = new CacheLimits(SIZE, SIZE);
        var place = new CachePlace.MemoryAndDisk(directory.toString(), SIZE);
        try (var caches = CaffeineResponseCaches.withDisk(limits, place, SettableClock.anywhere());
                var node = PurgedCaches.over(caches, caches::empty, log, nanos::get)) {
            put(node, Bytes.copyOf(new byte[100_000]));
            assertThat(directory).isDirectoryContaining("glob:**.body");

            cache(one).purge(new Purge.All());
            assertThat(found(node)).isTrue();
            node.follow();

            assertThat(found(node)).isFalse();
            assertThat(directory).isDirectoryNotContaining("glob:**.body");
        }
    }

    private PurgedCaches node() {
        var caches = new CaffeineResponseCaches(SIZE, SIZE, SettableClock.anywhere());
        return PurgedCaches.over(caches, caches::empty, log, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static ResponseCache cache(PurgedCaches caches) {
        return caches.cache(NAME, ANN);
    }

    private static void put(PurgedCaches caches) {
        put(caches, Bytes.utf8("body"));
    }

    private static void put(PurgedCaches caches, Bytes body) {
        var headers = new Headers(Map.of("cache-control", List.of("public, max-age=60")));
        cache(caches).put(PAGE, new CachedResponse(200, headers, Content.of(body)));
    }

    private static boolean found(PurgedCaches caches) {
        return cache(caches).match(PAGE) instanceof CacheMatch.Hit;
    }

    /** Used by one thread. */
    private static final class HeldLog implements PurgeLog {
        private final List<Entry> entries = new ArrayList<>();
        private int forgotten;
        private boolean away;

        @Override
        public void add(CacheName cache, Purge what) {
            requireThere();
            entries.add(new Entry(cache, what));
        }

        @Override
        public News after(long number) {
            requireThere();
            var from = (int) Math.min(Math.max(number, forgotten), entries.size());
            return new News(entries.size(), forgotten, entries.subList(from, entries.size()));
        }

        private void forgetFirst() {
            forgotten = 1;
        }

        private void requireThere() {
            if (away) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "log: away");
            }
        }
    }
}
