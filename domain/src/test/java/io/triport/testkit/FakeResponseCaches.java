package io.triport.testkit;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.cache.Storability;
import io.triport.domain.cache.StoredResponse;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Responses in a list, the oldest first; when they weigh too much the oldest go. */
public final class FakeResponseCaches implements ResponseCaches {
    private static final int MOST_VARIANTS = 32;

    private final List<Entry> entries = new ArrayList<>();
    private final Clock clock;

    public FakeResponseCaches(Clock clock) {
        this.clock = clock;
    }

    /** @param part empty for everybody */
    private record Entry(CacheName cache, String part, CacheUrl url, StoredResponse response) {}

    @Override
    public ResponseCache cache(CacheName name, CachePart part) {
        return new One(name, part.text());
    }

    @Override
    public String adapter() {
        return "fake";
    }

    private final class One implements ResponseCache {
        private final CacheName name;
        private final String part;

        private One(CacheName name, String part) {
            this.name = name;
            this.part = part;
        }

        @Override
        public CacheMatch match(CacheRequest request) {
            synchronized (entries) {
                var now = clock.instant();
                return newest(entry -> mine(entry, request)
                                && entry.response().isFresh(now)
                                && entry.response().suits(request))
                        .map(entry -> entry.response().answer(request, now))
                        .orElseGet(CacheMatch.Miss::new);
            }
        }

        @Override
        public CachePut put(CacheRequest request, CachedResponse response) {
            try (var body = response.body()) {
                return switch (Storability.of(request, response.status(), response.headers(), clock.instant())) {
                    case Storability.Refused refused -> new CachePut.NotStorable(refused.reason());
                    case Storability.Storable terms -> {
                        if (body.length().orElse(0) > ResponseCacheFixture.LARGEST.bytes()) {
                            yield new CachePut.NotStorable(CachePut.Reason.TOO_LARGE);
                        }
                        var bytes = GeneratedContent.read(body);
                        yield bytes.size() > ResponseCacheFixture.LARGEST.bytes()
                                ? new CachePut.NotStorable(CachePut.Reason.TOO_LARGE)
                                : store(request, response.status(), terms, bytes);
                    }
                };
            }
        }

        private CachePut store(CacheRequest request, int status, Storability.Storable terms, Bytes bytes) {
            var owner = terms.audience() == Storability.Audience.EVERYBODY ? "" : part;
            var stored = new StoredResponse(request, status, terms, bytes, clock.instant());
            synchronized (entries) {
                entries.removeIf(entry -> mine(entry, request)
                        && (entry.part().equals(owner) || owner.isEmpty())
                        && stored.replaces(entry.response()));
                entries.add(new Entry(name, owner, request.url(), stored));
                while (count(request, owner) > MOST_VARIANTS) {
                    removeOldest(entry -> mine(entry, request) && entry.part().equals(owner));
                }
                while (weight() > ResponseCacheFixture.MOST.bytes()) {
                    entries.removeFirst();
                }
            }
            return new CachePut.Stored(bytes.size());
        }

        @Override
        public boolean delete(CacheRequest request) {
            if (!request.method().equals(Method.GET)) {
                return false;
            }
            synchronized (entries) {
                var now = clock.instant();
                var found = newest(entry ->
                                mine(entry, request) && entry.response().isFresh(now))
                        .isPresent();
                entries.removeIf(entry -> mine(entry, request));
                return found;
            }
        }

        @Override
        public void purge(Purge what) {
            synchronized (entries) {
                entries.removeIf(entry -> entry.cache().equals(name) && what.takes(entry.url(), entry.response()));
            }
        }

        private boolean mine(Entry entry, CacheRequest request) {
            return request.method().equals(Method.GET)
                    && entry.cache().equals(name)
                    && entry.url().equals(request.url())
                    && (entry.part().isEmpty() || entry.part().equals(part));
        }

        private long count(CacheRequest request, String owner) {
            return entries.stream()
                    .filter(entry -> mine(entry, request) && entry.part().equals(owner))
                    .count();
        }
    }

    /** One's own before everybody's. */
    private Optional<Entry> newest(Predicate<Entry> wanted) {
        var found = entries.reversed().stream().filter(wanted).toList();
        return found.stream()
                .filter(entry -> !entry.part().isEmpty())
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private void removeOldest(Predicate<Entry> of) {
        entries.remove(entries.stream().filter(of).findFirst().orElseThrow());
    }

    private long weight() {
        return entries.stream().mapToLong(entry -> entry.response().weight()).sum();
    }
}
