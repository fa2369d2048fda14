package io.triport.identity.limit;

import io.triport.domain.request.RateLimit;

/** The buckets of one limit, in stripes by their keys. */
final class BucketTable {
    /** For takers at once there are only as many as processors; more stripes than that make a meeting rare. */
    private static final int STRIPES = 64;

    private static final int SMALL = 1_024;

    private final Bucket.Maker maker;
    private final Stripe[] stripes;

    /** @param number of the first stripe; those of other tables must differ */
    BucketTable(Bucket.Maker maker, int most, long number) {
        this.maker = maker;
        this.stripes = new Stripe[most < SMALL ? 1 : STRIPES];
        for (var i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe(Math.ceilDiv(most, stripes.length), number * STRIPES + i);
        }
    }

    Stripe stripe(String key) {
        var hash = key.hashCode() * 0x9E3779B9;
        return stripes[(hash >>> 16) & (stripes.length - 1)];
    }

    Bucket make(long now) {
        return maker.make(now);
    }

    int size() {
        var size = 0;
        for (var stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size();
            }
        }
        return size;
    }

    /** How a limit's buckets are made. */
    interface Makers {
        Bucket.Maker of(RateLimit limit);
    }
}
