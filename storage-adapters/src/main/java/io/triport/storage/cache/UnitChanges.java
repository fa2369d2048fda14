package io.triport.storage.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a unit may have changed, to be forgotten when it has ended. Safe for many threads. */
final class UnitChanges {
    private final SeenEntries seen;
    private final Set<SeenEntries.Name> names = ConcurrentHashMap.newKeySet();
    private volatile boolean all;

    UnitChanges(SeenEntries seen) {
        this.seen = seen;
    }

    void note(SeenEntries.Name name) {
        names.add(name);
    }

    void noteAll() {
        all = true;
    }

    void forget() {
        names.forEach(seen::forget);
        if (all) {
            seen.forgetAll();
        }
    }
}
