package io.triport.testkit;

/** What an adapter of databases may claim, or leave out. */
public enum SqlCapability {
    /** What was answered is there after the process was killed. */
    SURVIVES_KILL,
    /** Earlier states are kept, and can be restored. */
    KEEPS_STATES
}
