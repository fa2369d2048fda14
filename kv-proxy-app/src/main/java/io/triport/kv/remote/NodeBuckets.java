package io.triport.kv.remote;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import java.util.Optional;
import java.util.Set;

/** The buckets that the configuration names, all in one folder of the data directory. */
record NodeBuckets(Set<BucketName> names) implements BucketBindings {
    NodeBuckets {
        names = Set.copyOf(names);
    }

    @Override
    public Optional<BucketBinding> find(BucketName bucket) {
        return names.contains(bucket)
                ? Optional.of(new BucketBinding(bucket, new Backend.FileSystem("objects"), Bytes.EMPTY, Versioning.OFF))
                : Optional.empty();
    }
}
