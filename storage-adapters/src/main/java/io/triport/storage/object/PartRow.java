package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectPart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of an upload, or of the object that it became.
 *
 * @param upload its number
 * @param offset within the object, once the upload is completed; before that negative
 * @param bytes their name
 * @param checksum null for none
 */
public record PartRow(
        long upload,
        int number,
        long offset,
        long size,
        ETag etag,
        Instant modified,
        String bytes,
        @Nullable Checksum checksum) {
    PartRow at(long place) {
        return new PartRow(upload, number, place, size, etag, modified, bytes, checksum);
    }

    ObjectPart part() {
        return new ObjectPart(number, etag, size, modified, checksum);
    }
}
