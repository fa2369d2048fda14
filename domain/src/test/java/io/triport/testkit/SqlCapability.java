package io.triport.testkit;

/** What an adapter of databases may claim, or leave out. */
public enum SqlCapability {
    /** What was answered is there after the process was killed. */
    SURVIVES_KILL,
    /** Earlier states are kept, and can be restored. */
    KEEPS_STATES,
    /** Databases are carried as files of statements. */
    CARRIES,
    /** A bookmark is of a change: it stays the same as long as nothing changes. */
    COUNTS_CHANGES,
    /** The dialect is that of SQLite; what only it has is not asked of others. */
    SPEAKS_SQLITE
}
