package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.time.Ticker;
import io.triport.storage.caffeine.CaffeineResponseCaches;
import io.triport.storage.purge.PurgeLog;
import io.triport.storage.purge.PurgedCaches;
import io.triport.testkit.CacheCapability;
import io.triport.testkit.ResponseCacheContract;
import io.triport.testkit.ResponseCacheFixture;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Caches in the memory of two nodes of one database. */
final class TwoNodesResponseCachesTest extends ResponseCacheContract {
    private static final CacheName NAME = new CacheName("pages");

    @Override
    protected String adapter() {
        return "caffeine-two-nodes";
    }

    @Override
    protected ResponseCacheFixture create() {
        return new TwoNodes();
    }

    @Test
    void purges_come_in_their_order_and_as_they_were() {
        try (var nodes = new TwoNodes()) {
            var log = nodes.database.storage().purges();
            var before = log.after(Long.MAX_VALUE).newest();

            log.add(NAME, new Purge.Url(CacheUrl.parse("https://example.org/a?b")));
            log.add(NAME, new Purge.Tag(new CacheTag("red")));
            log.add(NAME, new Purge.Prefix("https://example.org/\u20AC\0"));
            log.add(new CacheName("other"), new Purge.All());

            var news = log.after(before);
            assertThat(news.newest()).isEqualTo(before + 4);
            assertThat(news.entries())
                    .containsExactly(
                            new PurgeLog.Entry(NAME, new Purge.Url(CacheUrl.parse("https://example.org/a?b"))),
                            new PurgeLog.Entry(NAME, new Purge.Tag(new CacheTag("red"))),
                            new PurgeLog.Entry(NAME, new Purge.Prefix("https://example.org/\u20AC\0")),
                            new PurgeLog.Entry(new CacheName("other"), new Purge.All()));
            assertThat(log.after(before + 3).entries()).hasSize(1);
        }
    }

    @Test
    void a_purge_is_forgotten_after_ten_minutes() {
        try (var nodes = new TwoNodes()) {
            var log = nodes.database.storage().purges();
            log.add(NAME, new Purge.All());
            var first = log.after(0).newest();

            nodes.clock().advance(PostgreSqlPurgeLog.KEPT.plus(Duration.ofSeconds(1)));
            log.add(NAME, new Purge.All());

            assertThat(log.after(0).entries()).hasSize(1);
            assertThat(log.after(0).forgotten()).isEqualTo(first);
        }
    }

    private static final class TwoNodes implements ResponseCacheFixture {
        private final PostgreSqlFixture database = new PostgreSqlFixture();
        private final PostgreSqlStorage beside = database.open();
        private final PurgedCaches one = node(database.storage());
        private final PurgedCaches other = node(beside);

        @Override
        public ResponseCaches caches() {
            return one;
        }

        @Override
        public ResponseCaches otherNode() {
            return other;
        }

        @Override
        public void passPurges() {
            one.follow();
            other.follow();
        }

        @Override
        public Set<CacheCapability> capabilities() {
            return Set.of(CacheCapability.PURGES_OTHER_NODES);
        }

        @Override
        public SettableClock clock() {
            return database.clock();
        }

        @Override
        public void close() {
            one.close();
            other.close();
            beside.close();
            database.close();
        }

        private PurgedCaches node(PostgreSqlStorage storage) {
            Ticker standing = () -> 0;
            var caches = new CaffeineResponseCaches(MOST, LARGEST, database.clock());
            return PurgedCaches.over(caches, caches::empty, storage.purges(), standing);
        }
    }
}
