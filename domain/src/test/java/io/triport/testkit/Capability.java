package io.triport.testkit;

/** What an engine may claim, or leave out, of the storage contract. */
public enum Capability {
    /** Answered writes are there after the process was killed, because the engine keeps them outside of it. */
    SURVIVES_KILL,
    /** Answered writes are there when the engine is closed and opened again. */
    SURVIVES_REOPEN,
    /** An entry may end within a minute. */
    SHORT_LIFETIMES
}
