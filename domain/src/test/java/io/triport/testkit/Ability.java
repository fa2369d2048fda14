package io.triport.testkit;

/** What a fixture can do to an engine beside using it. */
public enum Ability {
    /** Closes the engine, and opens one over the same data. */
    REOPEN,
    /** Kills a process in the middle of writing to the same data. */
    KILL
}
