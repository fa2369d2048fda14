package io.triport.testkit;

/** What keeps the state of durable objects may claim, or leave out. */
public enum DurableCapability {
    /** What was committed is there when the objects are closed and opened again. */
    SURVIVES_REOPEN,
    /** Two that keep the same state cannot be open at once. */
    EXCLUSIVE
}
