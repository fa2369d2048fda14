package io.triport.domain.keyvalue;

/** The outcome of a put. */
public sealed interface KvPut {
    /** The entry was stored under this version. */
    record Stored(KvVersion version) implements KvPut {}

    /** The condition did not hold; nothing changed. @param present the live entry's version, NONE when there is none */
    record Refused(KvVersion present) implements KvPut {}
}
