package io.triport.domain.object;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part of an upload, or of the object that it became. @param number 1..10000 @param checksum null where none was asked for */
public record ObjectPart(
        int number,
        ETag etag,
        long size,
        Instant modified,
        @Nullable Checksum checksum) {}
