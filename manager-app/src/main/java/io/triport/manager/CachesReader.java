package io.triport.manager;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheName;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.launch.RedisReader;
import io.triport.manager.cloudflare.cache.PurgeableCaches;
import java.util.HashSet;
import java.util.Optional;

/** Reads which caches of other apps the manager may empty, and how it gets to them. */
final class CachesReader {
    private static final Value<CacheName> CACHE =
            new Value<>("1..64 of a-z, A-Z, 0-9, '.', '_' and '-'", CacheName::new);

    /** The manager keeps no responses. */
    private static final CacheLimits LEAST = new CacheLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1));

    private CachesReader() {}

    /** @param place where the responses are */
    record Read(PurgeableCaches caches, CachePlace place) {
        /** Empty for a manager without caches. */
        Optional<CachePlan> plan() {
            return caches.names().isEmpty() ? Optional.empty() : Optional.of(new CachePlan(LEAST, place));
        }

        /** Caches in the memory of other nodes hear of a purge by the database alone. */
        Optional<String> wantsSharedData() {
            return plan().filter(plan -> place instanceof CachePlace.Memory)
                    .map(plan -> "manager.caches, or a server in manager.cache-store");
        }
    }

    static Read read(Section manager) {
        var names = manager.list(
                "caches", CACHE, "Caches of KV proxies that the manager may empty, as zones of Cloudflare's API.");
        var store = manager.optional(
                "cache-store",
                RedisReader.SERVER,
                "The Redis or Valkey server that has their responses; without it they are in the memory of nodes that"
                        + " share the manager's PostgreSQL.");
        var server = RedisReader.read(manager, "cache-store", store);
        if (store.isPresent() && names.isEmpty()) {
            throw manager.error("cache-store", "a server", "none without caches");
        }
        var place = server.<CachePlace>map(CachePlace.Shared::new).orElseGet(CachePlace.Memory::new);
        return new Read(new PurgeableCaches(new HashSet<>(names)), place);
    }
}
