package io.triport.testkit;

/** What a store of objects may claim, or leave out, of the storage contract. */
public enum ObjectCapability {
    /** Keeps versions when the bucket does. */
    VERSIONS,
    /** The fixture's clock is the store's own, so that tests can let time pass. */
    CLOCK,
    /** Answered writes are there when the store is closed and opened again. */
    SURVIVES_REOPEN,
    /** A process may be killed at any step of a write, and the store is whole when it is opened again. */
    SURVIVES_KILL,
    /** Bytes that changed where they lie are noticed. */
    NOTICES_FLIPPED_BITS,
    /** The fixture can fill the disk. */
    FULL_DISK,
    /** 5 GiB pass through a heap of 64 MiB. */
    SMALL_HEAP,
    /** Any text is a name of metadata, and a value of a field that is stored. */
    ANY_TEXT,
    /** Keeps checksums of every algorithm, and not only of those that S3 has. */
    EVERY_CHECKSUM,
    /** Writes may have any condition, and not only those that S3 has for writes. */
    EVERY_CONDITION,
    /** Every answer tells all that there is to tell, to the millisecond. */
    TELLS_ALL
}
