package io.triport.objects.bucket;

import io.triport.domain.object.BucketName;
import java.util.List;
import java.util.Optional;

/** The buckets that there are. Asked for every request; may change in between. Safe for many threads. */
public interface Buckets {
    Optional<Bucket> find(BucketName name);

    /** The same from memory alone, without ever waiting: for event loops. May miss what another node has just changed. */
    default Optional<Bucket> known(BucketName name) {
        return find(name);
    }

    /** In the order of their names. */
    List<Bucket> all();
}
