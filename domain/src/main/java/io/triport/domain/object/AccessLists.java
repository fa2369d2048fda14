package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import java.util.Optional;

/**
 * Who else may do what, in documents of the store's own that nobody here reads: of at most 64 KiB, and empty where the fields of the
 * caller say it. Safe for many threads.
 */
public interface AccessLists {
    /** Empty where the object is missing. */
    Optional<Bytes> get(ObjectRef object);

    /** Replaces that of an object. @return false where the object is missing */
    boolean put(ObjectRef object, Bytes document);

    /** Replaces that of the bucket. */
    void putOfBucket(Bytes document);
}
