package io.triport.identity.limit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Some of the buckets of one limit. Its monitor guards them all; a taker holds it for about a microsecond and never waits in it. */
final class Stripe {
    /*
     * Order of use. Buckets that have something left and buckets that are at their limit are two lists, each with the longest
     * unused first. A whole bucket is as good as none, so each new bucket makes two of the longest unused leave if they are whole:
     * the number of buckets follows that of the owners who are active. At the bound one has to leave anyway: a whole one among
     * the longest unused, else the longest unused with something left, and one that is at its limit last, because to forget it
     * gives its owner back what was refused.
     */
    private static final int LOOKED_THROUGH = 16;

    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Order withRoom = new Order();
    private final Order atLimit = new Order();
    private final int most;

    /** By which takers of several lock them, so that they wait in a line and never in a circle. */
    private final long number;

    Stripe(int most, long number) {
        this.most = most;
        this.number = number;
    }

    long number() {
        return number;
    }

    @Nullable
    Bucket find(String key) {
        return buckets.get(key);
    }

    int size() {
        return buckets.size();
    }

    /** The bucket was just used, and may not have been here before. */
    void used(String key, Bucket bucket, boolean exhausted, long now) {
        if (bucket.key == null) {
            makeRoom(now);
            bucket.key = key;
            buckets.put(key, bucket);
        } else {
            order(bucket).remove(bucket);
        }
        bucket.atLimit = exhausted;
        order(bucket).add(bucket);
    }

    private void makeRoom(long now) {
        forgetIfWhole(withRoom.oldest, now);
        forgetIfWhole(atLimit.oldest, now);
        if (buckets.size() < most) {
            return;
        }
        var whole = wholeAmong(withRoom.oldest, now);
        whole = whole == null ? wholeAmong(atLimit.oldest, now) : whole;
        var leaving = whole != null ? whole : withRoom.oldest != null ? withRoom.oldest : atLimit.oldest;
        if (leaving != null) {
            forget(leaving);
        }
    }

    private static @Nullable Bucket wholeAmong(@Nullable Bucket oldest, long now) {
        var bucket = oldest;
        for (var i = 0; i < LOOKED_THROUGH && bucket != null; i++) {
            if (bucket.forgettable(now)) {
                return bucket;
            }
            bucket = bucket.newer;
        }
        return null;
    }

    private void forgetIfWhole(@Nullable Bucket bucket, long now) {
        if (bucket != null && bucket.forgettable(now)) {
            forget(bucket);
        }
    }

    private void forget(Bucket bucket) {
        order(bucket).remove(bucket);
        buckets.remove(bucket.key);
        bucket.key = null;
    }

    private Order order(Bucket bucket) {
        return bucket.atLimit ? atLimit : withRoom;
    }

    /** A list through the buckets themselves. */
    private static final class Order {
        private @Nullable Bucket oldest;
        private @Nullable Bucket newest;

        private void add(Bucket bucket) {
            bucket.older = newest;
            bucket.newer = null;
            if (newest == null) {
                oldest = bucket;
            } else {
                newest.newer = bucket;
            }
            newest = bucket;
        }

        private void remove(Bucket bucket) {
            if (bucket.older == null) {
                oldest = bucket.newer;
            } else {
                bucket.older.newer = bucket.newer;
            }
            if (bucket.newer == null) {
                newest = bucket.older;
            } else {
                bucket.newer.older = bucket.older;
            }
            bucket.older = null;
            bucket.newer = null;
        }
    }
}
