package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload in parts. Its parts are those of the object when it is completed, so the row stays as long as they do.
 *
 * @param number in the order of the starts
 * @param completion null while it is not completed
 * @param dropped whether nobody needs the parts any more
 */
public record UploadRow(
        long number,
        UploadId id,
        ObjectKey key,
        Instant started,
        UploadOptions options,
        @Nullable Completion completion,
        boolean dropped) {
    /** What the upload became. @param claims digest of what was asked for */
    public record Completion(
            Instant at,
            Bytes claims,
            VersionId version,
            ETag etag,
            long size,
            @Nullable Checksum checksum) {}

    boolean open() {
        return completion == null && !dropped;
    }

    UploadRow completed(Completion as) {
        return new UploadRow(number, id, key, started, options, as, dropped);
    }

    UploadRow dropping() {
        return new UploadRow(number, id, key, started, options, completion, true);
    }

    /** The object as it was made, whatever became of it since. */
    ObjectInfo info(Completion as) {
        return new ObjectInfo(
                key,
                as.version(),
                as.etag(),
                as.size(),
                as.at(),
                options.http(),
                options.user(),
                options.storageClass(),
                options.tags().entries().size(),
                as.checksum(),
                List.of());
    }
}
