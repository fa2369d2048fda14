package io.triport.domain.storage;

/** What a store of objects may be able to do, or not. What it is not able to do it refuses. */
public enum ObjectCapability {
    /** Any text is a name of metadata, and a value of a field that is stored, up to the limits of the port. */
    ANY_TEXT,
    /** Keeps checksums of every algorithm, and not only of those that S3 has. */
    EVERY_CHECKSUM,
    /** Writes may have any condition, and not only those that S3 has for writes. */
    EVERY_CONDITION,
    /** Every answer tells all that there is to tell, to the millisecond. */
    TELLS_ALL
}
