package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.testkit.FakeResponseCaches;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into caches. */
final class GrantedResponseCacheTest {
    private static final CacheName PAGES = new CacheName("pages");
    private static final CacheRequest HERE = get("https://site.example/here/1");
    private static final CacheRequest THERE = get("https://site.example/there/1");

    private final SettableClock clock = SettableClock.anywhere();
    private final TestGrants grants = new TestGrants(clock);
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withCaches(new FakeResponseCaches(clock)),
            clock,
            new SettableTicker(),
            calls);

    @Test
    void each_operation_needs_its_own_action() {
        var operations = Map.<Action, Consumer<ResponseCache>>of(
                Action.CACHE_MATCH, cache -> cache.match(HERE),
                Action.CACHE_PUT, cache -> cache.put(HERE, response("x")),
                Action.CACHE_DELETE, cache -> cache.delete(HERE),
                Action.CACHE_PURGE, cache -> cache.purge(new Purge.All()));

        operations.forEach((action, operation) -> {
            operation.accept(storage.cache(of(action), PAGES));
            operations.forEach((other, denied) -> {
                if (other != action) {
                    assertDenied(() -> denied.accept(storage.cache(of(action), PAGES)));
                }
            });
        });
        assertThat(calls.calls()).hasSize(operations.size());
    }

    @Test
    void a_prefix_is_about_urls_and_permits_no_purge() {
        var cache =
                storage.cache(grants.ofPrefix("pages", new KeyPrefix(Bytes.utf8("https://site.example/here/"))), PAGES);
        var body = GeneratedContent.of(1, 10);

        cache.put(HERE, response("x"));
        assertThat(cache.match(HERE)).isInstanceOf(CacheMatch.Hit.class);
        assertThat(cache.match(get("https://site.example/there/../here/1"))).isInstanceOf(CacheMatch.Hit.class);

        assertDenied(() -> cache.match(THERE));
        assertDenied(() -> cache.match(get("https://site.example/here/../there/1")));
        assertDenied(() -> cache.delete(THERE));
        assertDenied(() -> cache.put(THERE, new CachedResponse(200, Headers.NONE, body)));
        assertThat(body.closed()).isTrue();
    }

    @Test
    void a_cache_outside_of_the_grant_is_denied_and_where_there_are_none_it_is_unknown() {
        var without = new Storage(new FakeStorageEngine(clock), clock, new SettableTicker(), calls);

        assertDenied(() -> storage.cache(of(Action.CACHE_MATCH), new CacheName("others")));
        assertThatThrownBy(() -> without.cache(grants.ofEverything(), PAGES))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_cache_commits_with_nothing() {
        assertThatThrownBy(
                        () -> storage.together(grants.ofEverything(), unit -> unit.cache(grants.ofEverything(), PAGES)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }

    @Test
    void outcomes_and_bytes_are_told_and_urls_are_not() {
        var cache = storage.cache(grants.ofEverything(), PAGES);

        cache.match(HERE);
        cache.put(HERE, response("12345"));
        cache.put(HERE, new CachedResponse(200, Headers.NONE, Content.of(Bytes.utf8("12"))));
        cache.match(HERE);
        cache.match(HERE.with(new Headers(Map.of("range", List.of("bytes=0-1")))));

        assertThat(calls.calls())
                .extracting(StorageCall::result)
                .containsExactly(
                        new StorageCall.Done("match", "miss"),
                        new StorageCall.Done("outcome", "stored").bringing(5),
                        new StorageCall.Done("outcome", "no-freshness"),
                        new StorageCall.Done("match", "hit").giving(5),
                        new StorageCall.Done("match", "partial").giving(2));
        assertThat(calls.calls()).allSatisfy(call -> assertThat(call.toString()).doesNotContain("site.example"));
    }

    @Test
    void what_is_not_public_is_for_its_principal_alone() {
        var ann = storage.cache(grants.of("ann", everything()), PAGES);
        var ben = storage.cache(grants.of("ben", everything()), PAGES);
        var own = new Headers(Map.of("cache-control", List.of("max-age=60")));

        assertThat(ann.put(HERE, new CachedResponse(200, own, Content.of(Bytes.utf8("x")))))
                .isEqualTo(new CachePut.Stored(1));

        assertThat(ann.match(HERE)).isInstanceOf(CacheMatch.Hit.class);
        assertThat(ben.match(HERE)).isEqualTo(new CacheMatch.Miss());
    }

    private Grant of(Action action) {
        return grants.of(
                "one",
                new Permission(Set.of(action), Set.of(ResourcePattern.exactly("pages")), Set.of(KeyPrefix.EVERY)));
    }

    private static Permission everything() {
        return new Permission(TestGrants.EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY));
    }

    private static CacheRequest get(String url) {
        return CacheRequest.get(CacheUrl.parse(url));
    }

    private static CachedResponse response(String body) {
        var fields = new Headers(Map.of("cache-control", List.of("public, max-age=60")));
        return new CachedResponse(200, fields, Content.of(Bytes.utf8(body)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
