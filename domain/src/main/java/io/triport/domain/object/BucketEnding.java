package io.triport.domain.object;

/** What became of a bucket that was to end. */
public enum BucketEnding {
    /** It is gone, and was empty: nothing that was answered is lost. */
    ENDED,
    /** Something lies in it, so it stays. */
    NOT_EMPTY,
    /** Its name was not taken away, so it stays. */
    STAYS
}
