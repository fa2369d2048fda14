package io.triport.domain.storage;

import java.util.Locale;

/** What an answered write survives (storage contract, section 1.2). Written in lower case wherever people read it. */
public enum Durability {
    /** Nothing: it may vanish at any time. */
    VOLATILE,
    /** The death of the process. */
    PROCESS,
    /** The loss of power. */
    DURABLE,
    /** The loss of any one node. */
    REPLICATED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
