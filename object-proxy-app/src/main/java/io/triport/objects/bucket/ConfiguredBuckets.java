package io.triport.objects.bucket;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.util.List;

/** Buckets that stand in the configuration file and nowhere else: no request changes them. */
public final class ConfiguredBuckets implements BucketChanges {
    /** What a request is told that would change one. */
    public static S3Refused refusal() {
        return S3Error.NOT_IMPLEMENTED.refused("This is set in the configuration of the endpoint");
    }

    @Override
    public void requireMaking() {
        throw S3Error.NOT_IMPLEMENTED.refused("Buckets of this endpoint are made in its configuration");
    }

    @Override
    public boolean add(BucketName name, String owner) {
        throw refusal();
    }

    @Override
    public void set(BucketName name, Versioning versioning) {
        throw refusal();
    }

    @Override
    public void set(BucketName name, List<CorsRule> rules) {
        throw refusal();
    }

    @Override
    public void set(BucketName name, Tags tags) {
        throw refusal();
    }

    @Override
    public ObjectStores.Place place(Bucket bucket) {
        throw refusal();
    }

    @Override
    public boolean remove(BucketName name) {
        throw refusal();
    }
}
