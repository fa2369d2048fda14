package io.triport.identity.program;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import java.util.Optional;
import java.util.Set;

/** The buckets that a program names, each in a folder of its data directory. */
record OwnBuckets(Set<BucketName> names) implements BucketBindings {
    OwnBuckets {
        names = Set.copyOf(names);
    }

    @Override
    public Optional<BucketBinding> find(BucketName bucket) {
        return names.contains(bucket)
                ? Optional.of(new BucketBinding(bucket, new Backend.FileSystem("objects"), Bytes.EMPTY, Versioning.OFF))
                : Optional.empty();
    }
}
