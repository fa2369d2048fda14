package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ETag;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import org.jspecify.annotations.Nullable;

/** What an object has beside its key. @param checksum null for none */
public record StoredObject(
        ETag etag,
        long size,
        Place place,
        HttpMetadata http,
        UserMetadata user,
        StorageClass storageClass,
        Tags tags,
        @Nullable Checksum checksum) {
    /** Where its bytes lie. */
    public sealed interface Place {
        /** In one run. @param bytes its name */
        record Whole(String bytes) implements Place {}

        /** With its row. */
        record WithRow() implements Place {}

        /** In the parts of an upload, one after the other. @param upload its number @param count of parts */
        record Parts(long upload, int count) implements Place {}
    }

    public StoredObject with(Tags other) {
        return new StoredObject(etag, size, place, http, user, storageClass, other, checksum);
    }

    int partCount() {
        return switch (place) {
            case Place.Whole whole -> 0;
            case Place.WithRow small -> 0;
            case Place.Parts parts -> parts.count();
        };
    }
}
