package io.triport.domain.object;

import java.time.Duration;
import java.util.Optional;

/** Which buckets there are, asked for every request: an app may change them while it runs. Safe for many threads. */
public interface BucketBindings {
    Optional<BucketBinding> find(BucketName bucket);

    /** How long an unfinished upload is kept in stores of our own. */
    default Duration uploadsKept() {
        return ObjectLimits.UPLOADS_KEPT;
    }
}
