package io.triport.domain.object;

import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;

/**
 * Objects of one bucket. A call that has returned is seen by every call that begins later, in listings too. Methods block; bytes
 * flow under back-pressure and are never collected. Safe for many threads.
 *
 * <p>A put, copy or part that throws or is interrupted has stored nothing; what a content fails with comes out of the call as it
 * is. Other failures are those of the storage contract's section 1.3.
 */
public interface ObjectStore {
    /** All about an object, its parts too. */
    HeadOutcome head(ObjectRef object);

    GetOutcome get(ObjectRef object, ReadOptions options);

    /**
     * Stores the bytes under the key, whole or not at all; the decision of the conditions and the commit are one step.
     *
     * @param content at most {@link ObjectLimits#PUT_BYTES}; owned by the store from here on, also when the call fails
     */
    PutOutcome put(ObjectKey key, Content content, WriteOptions options);

    /** Within the bucket. The bytes do not pass through the caller. */
    CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options);

    /**
     * Each on its own; the outcomes are in the order of the objects.
     *
     * @param objects 1 to 1000
     */
    List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions);

    ObjectTagging tagging();

    /** Costs no more far down a listing than at its beginning. */
    ObjectPage list(ObjectQuery query);

    ObjectUploads uploads();

    /** Empty where the store has no access lists of its own, so that scopes say all. */
    default Optional<AccessLists> accessLists() {
        return Optional.empty();
    }
}
