package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/** An object: its current version, or one by name. @param version null for the current one */
public record ObjectRef(ObjectKey key, @Nullable VersionId version) {
    public static ObjectRef current(ObjectKey key) {
        return new ObjectRef(key, null);
    }
}
