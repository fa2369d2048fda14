package io.triport.domain.sql;

/** How a database is opened. SQL cannot be confined to some of its rows, so this is all that a grant can say. */
public enum SqlAccess {
    /** On connections that cannot write. */
    READ,
    /** For reading and writing. */
    WRITE
}
