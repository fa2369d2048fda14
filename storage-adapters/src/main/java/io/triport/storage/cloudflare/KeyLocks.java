package io.triport.storage.cloudflare;

import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Lets one at a time bring the state of a key to the account, so that an older state never overtakes a newer one. */
final class KeyLocks {
    private static final int STRIPES = 256;

    private final ReentrantLock[] stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Those of many keys are taken in one order by everybody, so that nobody waits in a ring. */
    void locked(Collection<Change.Place> places, Runnable work) {
        var wanted = places.stream()
                .mapToInt(place -> Math.floorMod(place.hashCode(), STRIPES))
                .sorted()
                .distinct()
                .toArray();
        for (var stripe : wanted) {
            stripes[stripe].lock();
        }
        try {
            work.run();
        } finally {
            for (var stripe : wanted) {
                stripes[stripe].unlock();
            }
        }
    }
}
