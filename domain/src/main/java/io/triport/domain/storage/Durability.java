package io.triport.domain.storage;

/** What an answered write survives (storage contract, section 1.2). */
public enum Durability {
    /** Nothing: it may vanish at any time. */
    VOLATILE,
    /** The death of the process. */
    PROCESS,
    /** The loss of power. */
    DURABLE,
    /** The loss of any one node. */
    REPLICATED
}
