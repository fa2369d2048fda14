package io.triport.domain.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The buckets of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. Safe for many threads. */
public interface ObjectStores {
    /** Empty where there is no such bucket. Cheap: nothing is read. */
    Optional<ObjectStore> bucket(BucketName bucket);

    /** What keeps the bucket's objects: a name from a closed set, for whoever measures. Cheap: nothing is read. */
    default String adapter(BucketName bucket) {
        return "objects";
    }

    /**
     * The same bucket for one request, whose fields go through to the store and back.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where the caller has fields and the store knows none
     */
    default Optional<ObjectStore> bucket(BucketName bucket, PassedFields fields) {
        return bucket(bucket).map(store -> without(fields, store));
    }

    /**
     * The same, with copies from another bucket that lies at the same place, so that their bytes need not pass through the caller.
     * Empty where they have to, or where one of the buckets is not there.
     */
    default Optional<ObjectStore> bucket(BucketName bucket, BucketName source, PassedFields fields) {
        return Optional.empty();
    }

    /** A store that knows no fields. @throws StorageFailure.Rejected UNSUPPORTED where the caller has some */
    static ObjectStore without(PassedFields fields, ObjectStore store) {
        if (!fields.asked().isEmpty()) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "fields: they do not go through here");
        }
        return store;
    }

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
