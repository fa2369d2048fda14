package io.triport.storage.caffeine;

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
import io.triport.domain.cache.Vary;
import io.triport.domain.request.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One cache as it is for one principal: what is its own, and what is everybody's. */
final class CaffeineResponseCache implements ResponseCache {
    /** A newer response takes the body of the older from the disk, and is there itself. */
    private static final int MOST_ROUNDS = 3;

    private final Shelves shelves;
    private final Intake intake;
    private final CacheName name;
    private final CachePart part;
    private final Clock clock;

    CaffeineResponseCache(Shelves shelves, Intake intake, CacheName name, CachePart part, Clock clock) {
        this.shelves = shelves;
        this.intake = intake;
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
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var found = fresh(request, now);
            var answer = found.map(one -> one.answer(request, now)).orElseGet(CacheMatch.Miss::new);
            shelves.settle();
            if (found.isEmpty() || !(answer instanceof CacheMatch.Miss)) {
                return answer;
            }
        }
        return new CacheMatch.Miss();
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        try (var body = response.body()) {
            return switch (Storability.of(request, response.status(), response.headers(), clock.instant())) {
                case Storability.Refused refused -> new CachePut.NotStorable(refused.reason());
                case Storability.Storable terms ->
                    switch (intake.take(body)) {
                        case Taken.Refused(var reason) -> new CachePut.NotStorable(reason);
                        case Taken.Kept kept -> store(request, response.status(), terms, kept);
                    };
            };
        }
    }

    @Override
    public boolean delete(CacheRequest request) {
        if (!request.method().equals(Method.GET)) {
            return false;
        }
        var now = clock.instant();
        var found = places(request).stream().map(shelves::remove).toList().stream()
                .flatMap(gone -> gone.responses().stream())
                .anyMatch(one -> one.isFresh(now));
        shelves.settle();
        return found;
    }

    @Override
    public void purge(Purge what) {
        for (var place : shelves.places()) {
            if (place.cache().equals(name)) {
                shelves.remove(place, one -> what.takes(place.url(), one));
            }
        }
        shelves.settle();
    }

    private CachePut store(CacheRequest request, int status, Storability.Storable terms, Taken.Kept kept) {
        var own = new Place(name, part.text(), request.url());
        var place = switch (terms.audience()) {
            case ITS_PRINCIPAL -> own;
            case EVERYBODY -> new Place(name, Place.EVERYBODY, request.url());
        };
        var vary = Vary.of(terms.kept(), request.headers());
        var body = kept.body(new Spot(place, vary), terms.lifetime().minus(terms.age()));
        var stored = new StoredResponse(status, terms, vary, body, clock.instant());
        shelves.keep(place, stored);
        if (!place.equals(own)) {
            // The caller's own comes first when it asks, and this one is newer.
            shelves.remove(own, stored::replaces);
        }
        shelves.settle();
        return new CachePut.Stored(body.length());
    }

    private Optional<StoredResponse> fresh(CacheRequest request, Instant now) {
        return places(request).stream()
                .flatMap(place -> shelves.at(place).responses().stream())
                .filter(one -> one.isFresh(now) && one.suits(request))
                .findFirst();
    }

    private List<Place> places(CacheRequest request) {
        return List.of(new Place(name, part.text(), request.url()), new Place(name, Place.EVERYBODY, request.url()));
    }
}
