package io.triport.storage.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.Storability;
import io.triport.domain.cache.StoredResponse;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Method;
import io.triport.storage.response.Bodies;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One cache as it is for one principal. A body has a key and a name of its own, which the response names, so that what is read is
 * always of one response; where it went meanwhile, the response did, too.
 */
final class RedisResponseCache implements ResponseCache {
    private static final int MOST_VARIANTS = 32;
    /** A newer response takes the body of the older along, and is there itself. */
    private static final int MOST_ROUNDS = 3;

    private static final int PAGE = 500;
    private static final byte[] NOTHING = new byte[0];

    private final RedisResponseCaches caches;
    private final CacheName name;
    private final CachePart part;

    RedisResponseCache(RedisResponseCaches caches, CacheName name, CachePart part) {
        this.caches = caches;
        this.name = name;
        this.part = part;
    }

    @Override
    public CacheMatch match(CacheRequest request) {
        if (!request.method().equals(Method.GET)) {
            return new CacheMatch.Miss();
        }
        var now = caches.clock().instant();
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var found = fresh(request, now);
            if (found.isEmpty()) {
                return new CacheMatch.Miss();
            }
            var entry = found.get();
            byte[] body = caches.seen(commands -> commands.get(CacheKeys.ofBody(entry.body())));
            if (body != null) {
                return entry.with(body).answer(request, now);
            }
        }
        return new CacheMatch.Miss();
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        try (var body = response.body()) {
            return switch (Storability.of(
                    request,
                    response.status(),
                    response.headers(),
                    caches.clock().instant())) {
                case Storability.Refused refused -> new CachePut.NotStorable(refused.reason());
                case Storability.Storable terms -> stored(request, response.status(), terms, body);
            };
        }
    }

    @Override
    public boolean delete(CacheRequest request) {
        if (!request.method().equals(Method.GET)) {
            return false;
        }
        var now = caches.clock().instant();
        return places(request).stream()
                        .map(place -> caches.<List<byte[]>>done(commands ->
                                commands.eval(CacheScripts.DELETE, ScriptOutputType.MULTI, CacheScripts.KEYS, place)))
                        .flatMap(gone -> gone.stream().flatMap(meta -> CacheEntry.read(meta).stream()))
                        .filter(entry -> entry.response().isFresh(now))
                        .count()
                > 0;
    }

    @Override
    public void purge(Purge what) {
        var after = Range.Boundary.<Double>unbounded();
        while (true) {
            var from = after;
            var page = caches.seen(commands -> commands.zrangebyscoreWithScores(
                    CacheKeys.ORDER, Range.from(from, Range.Boundary.<Double>unbounded()), Limit.from(PAGE)));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(member -> purge(what, member.getValue()));
            after = Range.Boundary.excluding(page.getLast().getScore());
        }
    }

    private void purge(Purge what, byte[] member) {
        var place = Arrays.copyOf(member, CacheKeys.PLACE_BYTES);
        var variant = Arrays.copyOfRange(member, CacheKeys.PLACE_BYTES, member.length);
        byte[] meta = caches.seen(commands -> commands.hget(CacheKeys.ofPlace(place), variant));
        if (meta == null) {
            return;
        }
        CacheEntry.read(meta)
                .filter(entry -> entry.cache().equals(name) && what.takes(entry.url(), entry.response()))
                .ifPresent(entry -> caches.<Long>done(commands -> commands.eval(
                        CacheScripts.DROP_SEEN, ScriptOutputType.INTEGER, CacheScripts.KEYS, member, meta)));
    }

    private CachePut stored(CacheRequest request, int status, Storability.Storable terms, Content content) {
        return new Bodies(caches.largest())
                .take(content)
                .map(body -> store(
                        request,
                        body,
                        new StoredResponse(
                                request, status, terms, body, caches.clock().instant())))
                .orElseGet(() -> new CachePut.NotStorable(CachePut.Reason.TOO_LARGE));
    }

    private CachePut store(CacheRequest request, Bytes body, StoredResponse response) {
        var own = CacheKeys.place(name, part.text(), request.url());
        var everybody = CacheKeys.place(name, CacheKeys.EVERYBODY, request.url());
        var variant = CacheEntry.variant(response);
        var isPublic = response.terms().audience() == Storability.Audience.EVERYBODY;
        var bodyName = Bytes.copyOf(caches.fresh(CacheEntry.BODY_NAME_BYTES));
        var left = Math.max(
                1, response.terms().lifetime().minus(response.terms().age()).toMillis());
        var now = caches.clock().millis();
        // The body goes first: what names it is never there without it.
        caches.<Object>done(commands -> {
            commands.psetex(CacheKeys.ofBody(bodyName), left, body.toByteArray());
            return commands.eval(
                    CacheScripts.PUT,
                    ScriptOutputType.INTEGER,
                    CacheScripts.KEYS,
                    CacheKeys.member(isPublic ? everybody : own, variant),
                    CacheEntry.written(bodyName, name, request.url(), response),
                    number(response.weight()),
                    number(now + left),
                    number(now),
                    number(caches.most().bytes()),
                    number(MOST_VARIANTS),
                    // The caller's own comes first when it asks, and this one is newer.
                    isPublic ? CacheKeys.member(own, variant) : NOTHING);
        });
        return new CachePut.Stored(body.size());
    }

    /** The newest of the caller's own that suits, or of everybody's. */
    private Optional<CacheEntry> fresh(CacheRequest request, Instant now) {
        return places(request).stream()
                .flatMap(place -> caches.seen(commands -> commands.hvals(CacheKeys.ofPlace(place))).stream()
                        .flatMap(meta -> CacheEntry.read(meta).stream())
                        .filter(entry -> entry.response().isFresh(now)
                                && entry.response().suits(request))
                        .sorted(Comparator.comparingLong(CacheEntry::sequence).reversed()))
                .findFirst();
    }

    private List<byte[]> places(CacheRequest request) {
        return List.of(
                CacheKeys.place(name, part.text(), request.url()),
                CacheKeys.place(name, CacheKeys.EVERYBODY, request.url()));
    }

    private static byte[] number(long number) {
        return CacheKeys.bytes(Long.toString(number));
    }
}
