package io.triport.domain.storage;

import io.triport.domain.cache.CacheLimits;

/** The caches that a deployment asks for. */
public record CachePlan(CacheLimits limits, CachePlace place) {}
