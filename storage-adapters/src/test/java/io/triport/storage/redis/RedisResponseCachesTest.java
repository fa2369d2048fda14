package io.triport.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.time.Randomness;
import io.triport.testkit.CacheCapability;
import io.triport.testkit.ResponseCacheContract;
import io.triport.testkit.ResponseCacheFixture;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedisResponseCachesTest extends ResponseCacheContract {
    private static final CacheName NAME = new CacheName("pages");
    private static final CachePart ANN = new CachePart("ann");
    private static final CacheRequest PAGE = CacheRequest.get(CacheUrl.parse("https://example.org/page"));

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected String adapter() {
        return "redis";
    }

    @Override
    protected ResponseCacheFixture create() {
        server.empty();
        return new OnServer(SettableClock.anywhere());
    }

    @Test
    void what_is_deleted_and_purged_leaves_nothing_on_the_server() {
        try (var fixture = new OnServer(SettableClock.anywhere())) {
            var cache = fixture.caches().cache(NAME, ANN);
            put(cache, PAGE, "public, max-age=60");
            put(cache, PAGE, "max-age=60");
            put(cache, CacheRequest.get(CacheUrl.parse("https://example.org/other")), "max-age=60");

            assertThat(cache.delete(PAGE)).isTrue();
            cache.purge(new Purge.All());

            assertThat(keys("*")).containsExactlyInAnyOrder("triport:{cache}:sequence", "triport:{cache}:total");
            assertThat(server.<String>asked(commands -> commands.get("triport:{cache}:total")))
                    .isEqualTo("0");
        }
    }

    @Test
    void what_is_over_its_time_goes_with_the_next_response() {
        try (var fixture = new OnServer(SettableClock.anywhere())) {
            var cache = fixture.caches().cache(NAME, ANN);
            put(cache, PAGE, "max-age=60");

            fixture.clock().advance(Duration.ofSeconds(61));
            put(cache, CacheRequest.get(CacheUrl.parse("https://example.org/other")), "max-age=60");

            assertThat(keys("triport:{cache}:body:*")).hasSize(1);
            assertThat(server.<Long>asked(commands -> commands.zcard("triport:{cache}:order")))
                    .isEqualTo(1);
        }
    }

    @Test
    void what_another_version_wrote_is_a_miss() {
        try (var fixture = new OnServer(SettableClock.anywhere())) {
            var cache = fixture.caches().cache(NAME, ANN);
            put(cache, PAGE, "max-age=60");
            var place = keys("triport:{cache}:place:*").getFirst();

            List<String> variants = server.asked(commands -> commands.hkeys(place));
            for (var variant : variants) {
                server.<Boolean>asked(commands -> commands.hset(place, variant, "of another form"));
            }

            assertThat(cache.match(PAGE)).isEqualTo(new CacheMatch.Miss());
            assertThat(cache.delete(PAGE)).isFalse();
        }
    }

    @Test
    void a_response_whose_body_the_server_let_go_is_a_miss() {
        try (var fixture = new OnServer(SettableClock.anywhere())) {
            var cache = fixture.caches().cache(NAME, ANN);
            put(cache, PAGE, "max-age=60");

            server.<Long>asked(
                    commands -> commands.del(keys("triport:{cache}:body:*").toArray(String[]::new)));

            assertThat(cache.match(PAGE)).isEqualTo(new CacheMatch.Miss());
        }
    }

    @Test
    void a_server_that_is_away_is_said_to_be() {
        var gone = RedisServer.start();
        try (var redis = OpenRedis.open(gone.address(), SettableClock.anywhere())) {
            var cache = redis.caches(ResponseCacheFixture.MOST, ResponseCacheFixture.LARGEST, Randomness.system())
                    .cache(NAME, ANN);
            put(cache, PAGE, "max-age=60");
            gone.stop();

            assertThatThrownBy(() -> cache.match(PAGE)).isInstanceOf(StorageFailure.Unavailable.class);
            assertThatThrownBy(() -> put(cache, PAGE, "max-age=60")).isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void a_body_of_more_than_512_mib_cannot_be_asked_for() {
        try (var redis = OpenRedis.open(server.address(), SettableClock.anywhere())) {
            var tooMuch = new ByteSize((512L << 20) + 1);

            assertThatThrownBy(() -> redis.caches(tooMuch, tooMuch, Randomness.system()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> keys(String pattern) {
        return server.asked(commands -> commands.keys(pattern));
    }

    private static void put(ResponseCache cache, CacheRequest request, String control) {
        var headers = new Headers(Map.of("cache-control", List.of(control)));
        cache.put(request, new CachedResponse(200, headers, Content.of(Bytes.utf8("body"))));
    }

    private static final class OnServer implements ResponseCacheFixture {
        private final SettableClock clock;
        private final OpenRedis one;
        private final OpenRedis other;

        private OnServer(SettableClock clock) {
            this.clock = clock;
            this.one = OpenRedis.open(server.address(), clock);
            this.other = OpenRedis.open(server.address(), clock);
        }

        @Override
        public ResponseCaches caches() {
            return caches(one);
        }

        @Override
        public ResponseCaches otherNode() {
            return caches(other);
        }

        @Override
        public Set<CacheCapability> capabilities() {
            return Set.of(CacheCapability.PURGES_OTHER_NODES);
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public void close() {
            one.close();
            other.close();
        }

        private static ResponseCaches caches(OpenRedis node) {
            return node.caches(MOST, LARGEST, Randomness.system());
        }
    }
}
