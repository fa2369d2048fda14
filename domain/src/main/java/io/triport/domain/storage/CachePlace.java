package io.triport.domain.storage;

/** Where a deployment keeps responses (storage contract, section 7). */
public sealed interface CachePlace {
    /** In the memory of the node, for it alone. */
    record Memory() implements CachePlace {}

    /** On a Redis or Valkey server, for all nodes. */
    record Shared(StorageSettings.Redis server) implements CachePlace {}
}
