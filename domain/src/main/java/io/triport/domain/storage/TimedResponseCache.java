package io.triport.domain.storage;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.request.Bytes;
import java.util.Locale;

/** A cache whose calls are told to the log. */
final class TimedResponseCache implements ResponseCache {
    private final ResponseCache cache;
    private final CallTimer timer;

    TimedResponseCache(ResponseCache cache, CallTimer timer) {
        this.cache = cache;
        this.timer = timer;
    }

    @Override
    public CacheMatch match(CacheRequest request) {
        return about(request).read("match", () -> cache.match(request), TimedResponseCache::told);
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        return about(request)
                .carry(
                        "put",
                        response.body(),
                        body -> cache.put(request, new CachedResponse(response.status(), response.headers(), body)),
                        TimedResponseCache::told);
    }

    @Override
    public boolean delete(CacheRequest request) {
        return about(request)
                .change(
                        "delete",
                        () -> cache.delete(request),
                        found -> new StorageCall.Done("found", found.toString()));
    }

    @Override
    public void purge(Purge what) {
        timer.change(
                "purge",
                () -> {
                    cache.purge(what);
                    return true;
                },
                done -> new StorageCall.Done("purged", done.toString()));
    }

    private CallTimer about(CacheRequest request) {
        return timer.about(Bytes.utf8(request.url().text()));
    }

    private static StorageCall.Done told(CacheMatch match) {
        return switch (match) {
            case CacheMatch.Hit hit -> told("hit").giving(size(hit.response()));
            case CacheMatch.Partial partial -> told("partial").giving(size(partial.response()));
            case CacheMatch.NotModified unchanged -> told("not-modified");
            case CacheMatch.RangeRefused refused -> told("range-refused");
            case CacheMatch.Miss miss -> told("miss");
        };
    }

    private static StorageCall.Done told(CachePut put) {
        return switch (put) {
            case CachePut.Stored stored -> new StorageCall.Done("outcome", "stored").bringing(stored.length());
            case CachePut.NotStorable refused ->
                new StorageCall.Done(
                        "outcome",
                        refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }

    private static StorageCall.Done told(String match) {
        return new StorageCall.Done("match", match);
    }

    private static long size(CachedResponse response) {
        return response.body().length().orElse(0);
    }
}
