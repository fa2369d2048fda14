package io.triport.storage.purge;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import java.util.function.BooleanSupplier;

/** One cache of a node. @param blind whether purges of others may have been missed */
record PurgedCache(ResponseCache here, CacheName name, PurgeLog log, BooleanSupplier blind) implements ResponseCache {
    @Override
    public CacheMatch match(CacheRequest request) {
        return blind.getAsBoolean() ? new CacheMatch.Miss() : here.match(request);
    }

    @Override
    public CachePut put(CacheRequest request, CachedResponse response) {
        return here.put(request, response);
    }

    @Override
    public boolean delete(CacheRequest request) {
        return here.delete(request);
    }

    /** The log first: what only this node had forgotten would come back from the others. */
    @Override
    public void purge(Purge what) {
        log.add(name, what);
        here.purge(what);
    }
}
