package io.triport.domain.keyvalue;

/** An entry with its key, to be put. */
public record KvPair(KvKey key, KvEntry entry) {
    /** Bytes of key, value and metadata. */
    public long size() {
        return (long) key.bytes().size()
                + entry.value().size()
                + entry.metadata().json().size();
    }
}
