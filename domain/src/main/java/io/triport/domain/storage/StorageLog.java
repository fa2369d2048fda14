package io.triport.domain.storage;

import io.triport.domain.request.RequestId;

/** Hears every call of a port, once, after it ended. Must not throw and must not wait. */
public interface StorageLog {
    /** Whether calls of the request shall name their key by its hash, which costs as much as making it. */
    default boolean wantsKeys(RequestId request) {
        return false;
    }

    void called(StorageCall call);
}
