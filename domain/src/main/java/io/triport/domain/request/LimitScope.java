package io.triport.domain.request;

/** Where a limit is counted. */
public enum LimitScope {
    /** By this node alone. */
    LOCAL,
    /** By all nodes together, in their shared store. */
    SHARED
}
