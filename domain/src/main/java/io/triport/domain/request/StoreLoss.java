package io.triport.domain.request;

/** What becomes of a shared limit while its store does not answer. */
public enum StoreLoss {
    /** Each node counts by itself: its share is the limit divided by the nodes that were last known. */
    LOCAL,
    /** Nothing is taken: what asks is told that it cannot be known. */
    DENY,
    /** Everything passes. */
    ALLOW
}
