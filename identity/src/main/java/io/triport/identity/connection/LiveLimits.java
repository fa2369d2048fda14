package io.triport.identity.connection;

import java.util.concurrent.atomic.AtomicReference;

/** What connections that are opened now may ask for; those that are open keep theirs. Safe for many threads. */
public final class LiveLimits {
    private final AtomicReference<EdgeLimits> limits;

    public LiveLimits(EdgeLimits first) {
        this.limits = new AtomicReference<>(first);
    }

    public EdgeLimits now() {
        return limits.get();
    }

    public void adopt(EdgeLimits newer) {
        limits.set(newer);
    }
}
