package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * Which unfinished uploads to list, by key and then by when they were started.
 *
 * @param after of which key to go on behind; empty for the beginning
 * @param afterUpload of that key, which one to go on behind; null for all of them
 */
public record UploadQuery(
        Bytes prefix,
        Bytes delimiter,
        Bytes after,
        @Nullable UploadId afterUpload,
        int limit) {
    /** @throws InvalidInput for a limit outside 1..1000 */
    public UploadQuery {
        if (limit < 1 || limit > ObjectLimits.LIST_LIMIT) {
            throw new InvalidInput("limit", "1..1000");
        }
    }

    public static UploadQuery all() {
        return new UploadQuery(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, null, ObjectLimits.LIST_LIMIT);
    }
}
