package io.triport.domain.storage;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;

/**
 * A cache as far as a grant reaches: prefixes of its permissions are about URLs, in the one form that they have here. A purge
 * reaches everybody's responses, so it is about the cache and a prefix does not permit it.
 */
final class ConfinedResponseCache implements ResponseCache {
    private final ResponseCache cache;
    private final GrantGuard guard;
    private final CacheName name;

    ConfinedResponseCache(ResponseCache cache, GrantGuard guard, CacheName name) {
        this.cache = cache;
        this.guard = guard;
        this.name = name;
    }

    @Override
    public CacheMatch match(CacheRequest request) {
        require(Action.CACHE_MATCH, request);
        return cache.match(request);
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        try {
            require(Action.CACHE_PUT, request);
        } catch (StorageFailure.AccessDenied e) {
            response.body().close();
            throw e;
        }
        return cache.put(request, response);
    }

    @Override
    public boolean delete(CacheRequest request) {
        require(Action.CACHE_DELETE, request);
        return cache.delete(request);
    }

    @Override
    public void purge(Purge what) {
        guard.require(Action.CACHE_PURGE, ResourceName.container(name.text()));
        cache.purge(what);
    }

    private void require(Action action, CacheRequest request) {
        guard.require(
                action, new ResourceName(name.text(), Bytes.utf8(request.url().text())));
    }
}
