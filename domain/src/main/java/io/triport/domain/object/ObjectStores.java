package io.triport.domain.object;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The buckets of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. Safe for many threads. */
public interface ObjectStores {
    /** Empty where there is no such bucket. Cheap: nothing is read. */
    Optional<ObjectStore> bucket(BucketName bucket);

    /**
     * Ends a bucket in which no version of an object lies; uploads that are not completed go with it. From the moment that it was
     * found empty no write to it is answered as done: writes fail with CONFLICT until the name is gone and with NOT_FOUND then. A
     * bucket that stays goes on as before; one that lies with somebody else always stays.
     *
     * @param place whether what it is on goes with it
     * @param unbound takes the bucket's name away, once; whether it did
     */
    default BucketEnding end(BucketName bucket, Place place, BooleanSupplier unbound) {
        return BucketEnding.STAYS;
    }

    /** What a bucket is on. */
    enum Place {
        /** Others may be on it, too: it is kept. */
        SHARED,
        /** It is the bucket's alone. */
        OWN
    }

    /** No buckets at all. */
    static ObjectStores none() {
        return bucket -> Optional.empty();
    }
}
