package io.triport.testkit;

/** What a cache of responses may claim, or leave out. */
public enum CacheCapability {
    /** A purge on one node reaches the others. */
    PURGES_OTHER_NODES
}
