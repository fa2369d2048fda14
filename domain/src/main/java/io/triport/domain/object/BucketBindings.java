package io.triport.domain.object;

import java.util.Optional;

/** Which buckets there are, asked for every request: an app may change them while it runs. Safe for many threads. */
public interface BucketBindings {
    Optional<BucketBinding> find(BucketName bucket);
}
