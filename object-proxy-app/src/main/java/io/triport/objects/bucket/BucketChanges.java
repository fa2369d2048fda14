package io.triport.objects.bucket;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import java.util.List;

/**
 * Makes buckets, sets them and takes their names away, where that is kept. Every method throws NOT_IMPLEMENTED for what stands in
 * the configuration file, and NO_SUCH_BUCKET for a bucket that went meanwhile. Safe for many threads.
 */
public interface BucketChanges {
    /** @throws io.triport.objects.wire.S3Refused NOT_IMPLEMENTED where requests make no buckets at all */
    void requireMaking();

    /**
     * Makes an empty bucket.
     *
     * @param owner who asked for it
     * @return whether the name was free
     */
    boolean add(BucketName name, String owner);

    void set(BucketName name, Versioning versioning);

    /** @param rules none for no rules at all */
    void set(BucketName name, List<CorsRule> rules);

    void set(BucketName name, Tags tags);

    /** Whether what the bucket is on is its alone, as it is when a request made it. */
    ObjectStores.Place place(Bucket bucket);

    /** Takes the name of a bucket away. @return whether it still had it */
    boolean remove(BucketName name);
}
