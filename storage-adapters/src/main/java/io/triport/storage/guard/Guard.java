package io.triport.storage.guard;

import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.WriteGuard;
import io.triport.domain.time.Ticker;

/** Puts a guard of this node in front of an engine. */
public final class Guard {
    private Guard() {}

    /** The engine, of which no key is written more often than the guard says. */
    public static StorageEngine before(StorageEngine engine, WriteGuard guard, Ticker ticker) {
        return new GuardedEngine(engine, new LastWrites(guard.apart(), ticker));
    }
}
