package io.triport.domain.object;

import java.util.Optional;

/** The buckets of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. Safe for many threads. */
public interface ObjectStores {
    /** Empty where there is no such bucket. Cheap: nothing is read. */
    Optional<ObjectStore> bucket(BucketName bucket);

    /** No buckets at all. */
    static ObjectStores none() {
        return bucket -> Optional.empty();
    }
}
