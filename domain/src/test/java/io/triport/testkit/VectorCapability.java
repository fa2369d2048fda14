package io.triport.testkit;

/** What an adapter of vector indexes may claim, or leave out. */
public enum VectorCapability {
    /** What was answered is there after the process was killed. */
    SURVIVES_KILL
}
