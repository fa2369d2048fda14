package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/** How much of an object, and when. @param range null for all of it */
public record ReadOptions(@Nullable ByteRange range, Conditions conditions) {
    public static final ReadOptions WHOLE = new ReadOptions(null, Conditions.NONE);

    public static ReadOptions of(ByteRange range) {
        return new ReadOptions(range, Conditions.NONE);
    }
}
