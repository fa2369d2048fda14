package io.triport.identity.connection;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** How many requests an app works on, and how many wait for a place there. Safe for many threads. */
@Singleton
public final class AtWork {
    private volatile @Nullable Places places;

    /** From now on these are looked at. */
    void watch(Places watched) {
        places = watched;
    }

    public int working() {
        var present = places;
        return present == null ? 0 : present.taken();
    }

    public int waiting() {
        var present = places;
        return present == null ? 0 : present.waiting();
    }
}
