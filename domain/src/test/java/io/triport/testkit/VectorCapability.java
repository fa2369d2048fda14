package io.triport.testkit;

/** What an adapter of vector indexes may claim, or leave out. */
public enum VectorCapability {
    /** What was answered is there after the process was killed. */
    SURVIVES_KILL,
    /** There is a server to test on: one whose database can have the extension that the adapter needs. */
    A_SERVER_WITH_PGVECTOR
}
