package io.triport.testkit;

/** What a fixture can do to a store of objects beside using it. */
public enum ObjectAbility {
    /** Gives a bucket that keeps versions. */
    VERSIONS,
    /** Its clock is the store's own, so that tests can let time pass. */
    CLOCK,
    /** Closes the store, and opens it over the same data. */
    REOPEN,
    /** Kills a process at any step of a write. */
    KILL,
    /** Changes a bit where it lies. */
    FLIP_BIT,
    /** Fills the disk. */
    FULL_DISK,
    /** Passes 5 GiB through a heap of 64 MiB. */
    SMALL_HEAP
}
