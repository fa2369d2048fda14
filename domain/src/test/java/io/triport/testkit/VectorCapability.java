package io.triport.testkit;

/** What an adapter of vector indexes may claim, or leave out. */
public enum VectorCapability {
    /** What was answered is there after the process was killed. */
    SURVIVES_KILL,
    /** The server to test on is quick enough for indexes of 20,000 vectors. */
    LARGE_INDEXES,
    /** There is a server to test on: one whose database can have the extension that the adapter needs. */
    A_SERVER_WITH_PGVECTOR
}
