package io.triport.domain.sql;

/** What the first read of a session sees. */
public sealed interface SessionStart {
    /** The latest state. */
    record FirstPrimary() implements SessionStart {}

    /** Any state, whichever is nearest. */
    record FirstUnconstrained() implements SessionStart {}

    /** A state that is not older than one which somebody has seen. */
    record After(Bookmark bookmark) implements SessionStart {}
}
