package io.triport.domain.storage;

import io.triport.domain.object.ObjectKey;
import java.util.Set;

/**
 * What a store of objects declares of itself, as engines do by {@link EngineInfo}. What is not declared is not there.
 *
 * @param name the technology, such as {@code filesystem}
 * @param longestKey in bytes, 1 to 1024; longer ones are no keys, as those that are longer than any key
 */
public record ObjectStoreInfo(String name, Durability durability, int longestKey, Set<ObjectCapability> capabilities) {
    public ObjectStoreInfo {
        if (longestKey < 1 || longestKey > ObjectKey.MOST_BYTES) {
            throw new IllegalArgumentException("longest key: " + longestKey + " (expected: 1..1024)");
        }
        capabilities = Set.copyOf(capabilities);
    }

    /** One with the limits of the port. */
    public ObjectStoreInfo(String name, Durability durability, Set<ObjectCapability> capabilities) {
        this(name, durability, ObjectKey.MOST_BYTES, capabilities);
    }

    /** What it declares of a part of itself. @param prefix bytes before each key there */
    public ObjectStoreInfo below(int prefix) {
        return prefix == 0 ? this : new ObjectStoreInfo(name, durability, longestKey - prefix, capabilities);
    }

    public boolean can(ObjectCapability capability) {
        return capabilities.contains(capability);
    }
}
