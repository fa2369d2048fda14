package io.triport.storage.cache;

import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Ticker;
import java.time.Clock;

/** Puts a cache of this node in front of an engine. */
public final class EdgeCache {
    private EdgeCache() {}

    /** The engine, with reads that may be as old as their readers allow. */
    public static StorageEngine before(StorageEngine engine, Clock clock, Ticker ticker) {
        return new CachingEngine(engine, new SeenEntries(clock, ticker));
    }
}
