package io.triport.storage.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
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
import io.triport.domain.request.Method;
import io.triport.storage.response.Bodies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One cache as it is for one principal: what is its own, and what is everybody's. */
final class CaffeineResponseCache implements ResponseCache {
    private final Cache<Place, Variants> responses;
    private final Bodies bodies;
    private final CacheName name;
    private final CachePart part;
    private final Clock clock;

    CaffeineResponseCache(
            Cache<Place, Variants> responses, Bodies bodies, CacheName name, CachePart part, Clock clock) {
        this.responses = responses;
        this.bodies = bodies;
        this.name = name;
        this.part = part;
        this.clock = clock;
    }

    @Override
    public CacheMatch match(CacheRequest request) {
        if (!request.method().equals(Method.GET)) {
            return new CacheMatch.Miss();
        }
        var now = clock.instant();
        return places(request).stream()
                .flatMap(place -> fresh(place, request, now).stream())
                .findFirst()
                .map(response -> response.answer(request, now))
                .orElseGet(CacheMatch.Miss::new);
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        try (var body = response.body()) {
            return switch (Storability.of(request, response.status(), response.headers(), clock.instant())) {
                case Storability.Refused refused -> new CachePut.NotStorable(refused.reason());
                case Storability.Storable terms ->
                    bodies.take(body)
                            .map(bytes -> store(request, response.status(), terms, bytes))
                            .orElseGet(() -> new CachePut.NotStorable(CachePut.Reason.TOO_LARGE));
            };
        }
    }

    @Override
    public boolean delete(CacheRequest request) {
        if (!request.method().equals(Method.GET)) {
            return false;
        }
        var now = clock.instant();
        return places(request).stream()
                .map(place -> Optional.ofNullable(responses.asMap().remove(place)))
                .map(gone ->
                        gone.filter(variants -> variants.responses().stream().anyMatch(one -> one.isFresh(now))))
                .toList()
                .stream()
                .anyMatch(Optional::isPresent);
    }

    @Override
    public void purge(Purge what) {
        for (var place : responses.asMap().keySet()) {
            if (place.cache().equals(name)) {
                responses
                        .asMap()
                        .computeIfPresent(
                                place, (at, variants) -> variants.without(one -> what.takes(place.url(), one)));
            }
        }
    }

    private CachePut store(CacheRequest request, int status, Storability.Storable terms, Bytes body) {
        var stored = new StoredResponse(request, status, terms, body, clock.instant());
        var own = new Place(name, part.text(), request.url());
        switch (terms.audience()) {
            case ITS_PRINCIPAL -> keep(own, stored);
            case EVERYBODY -> {
                keep(new Place(name, Place.EVERYBODY, request.url()), stored);
                // The caller's own comes first when it asks, and this one is newer.
                responses.asMap().computeIfPresent(own, (at, before) -> before.without(stored::replaces));
            }
        }
        return new CachePut.Stored(body.size());
    }

    private void keep(Place place, StoredResponse stored) {
        responses.asMap().compute(place, (at, before) -> Variants.with(stored, before));
    }

    private Optional<StoredResponse> fresh(Place place, CacheRequest request, Instant now) {
        return Optional.ofNullable(responses.getIfPresent(place)).stream()
                .flatMap(variants -> variants.responses().stream())
                .filter(one -> one.isFresh(now) && one.suits(request))
                .findFirst();
    }

    private List<Place> places(CacheRequest request) {
        return List.of(new Place(name, part.text(), request.url()), new Place(name, Place.EVERYBODY, request.url()));
    }
}
