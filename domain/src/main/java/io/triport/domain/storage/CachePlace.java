package io.triport.domain.storage;

import io.triport.domain.request.ByteSize;

/** Where a deployment keeps responses (storage contract, section 7). */
public sealed interface CachePlace {
    /** In the memory of the node, for it alone. */
    record Memory() implements CachePlace {}

    /**
     * The same, but large bodies lie in files.
     *
     * @param directory that the node has to itself
     * @param most bytes of all bodies there together
     */
    record MemoryAndDisk(String directory, ByteSize most) implements CachePlace {}

    /** On a Redis or Valkey server, for all nodes. */
    record Shared(StorageSettings.Redis server) implements CachePlace {}
}
