package io.triport.manager.cloudflare.cache;

import io.triport.domain.cache.CacheName;
import java.util.Set;

/** Caches of other apps that the manager may empty; none for a manager without. */
public record PurgeableCaches(Set<CacheName> names) {
    public PurgeableCaches {
        names = Set.copyOf(names);
    }
}
