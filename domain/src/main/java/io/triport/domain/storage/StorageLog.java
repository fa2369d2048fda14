package io.triport.domain.storage;

/** Hears every call of a port, once, after it ended. Must not throw and must not wait. */
public interface StorageLog {
    void called(StorageCall call);
}
