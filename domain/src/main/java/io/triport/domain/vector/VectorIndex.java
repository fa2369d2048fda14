package io.triport.domain.vector;

import java.util.List;
import java.util.Set;

/**
 * Vectors that are found by how near they are (storage contract, section 8). A call that changes something is one change: all of it
 * is seen by every later call and kept as the adapter declares when it returns, or none of it. Safe for many threads.
 *
 * <p>Every method throws
 *
 * <ul>
 *   <li>{@link io.triport.domain.failure.StorageFailure.Rejected} BAD_REQUEST for values that the {@link IndexShape} does not allow, and for
 *       a call about no vector;
 *   <li>{@link io.triport.domain.failure.StorageFailure.LimitExceeded} TOO_LARGE for more than 1000 vectors or ids in a call, and for
 *       more vectors in the index than {@link VectorLimits};
 *   <li>{@link io.triport.domain.failure.StorageFailure.Corrupt} when what is stored is not what was stored;
 *   <li>{@link io.triport.domain.failure.StorageFailure.Unavailable} FULL, OVERLOADED or UNAVAILABLE when nothing has happened,
 *       OUTCOME_UNKNOWN when it may have.
 * </ul>
 */
public interface VectorIndex {
    /** Stores those whose id the index does not have; of two with one id the first. */
    Mutation insert(List<Vector> vectors);

    /** Stores all, each in the place of the one with its id; of two with one id the last. */
    Mutation upsert(List<Vector> vectors);

    /** Removes those that there are. */
    Mutation delete(Set<VectorId> ids);

    /** Those that there are, whole, in the order of their ids. */
    List<Vector> get(Set<VectorId> ids);

    /**
     * The nearest vectors that are in the namespace and fulfil the filter, in {@link Match#order}: as many as the query wants where
     * there are as many. Scores are exact to 1e-5. Which are nearest is exact where fewer than 10,000 vectors come into question; else
     * an adapter may miss some.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_REQUEST for a filter by what is not indexed, NOT_FOUND for a vector that
     *     the index does not have
     */
    List<Match> nearest(VectorQuery query);

    /**
     * The ids, in the order of their bytes. One that is there during the whole walk comes once; one that comes or goes meanwhile at
     * most once.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected BAD_CURSOR
     */
    VectorPage list(VectorListing listing);

    /**
     * Lets filters ask for a property, of vectors that are written from now on. Again for the same property and type: nothing.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected CONFLICT when the property is indexed as another type
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for an eleventh property
     */
    void indexMetadata(MetadataField field);

    /**
     * Lets filters ask for a property no more; whether they could. Where it is indexed once more, vectors from before are found when they
     * are written again.
     */
    boolean forgetMetadata(PropertyName property);

    /** Lets filters find vectors that were written before {@link #indexMetadata}. Takes long where there are many. @return how many there are */
    long reindex();

    IndexInfo describe();
}
