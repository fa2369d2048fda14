package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/** Where a copy comes from, within the same bucket, and when it shall. @param range null for all of it */
public record CopySource(
        ObjectRef object, Conditions conditions, @Nullable ByteRange range) {
    public static CopySource of(ObjectRef object) {
        return new CopySource(object, Conditions.NONE, null);
    }
}
