package io.triport.domain.object;

import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;

/** Uploads in parts. Parts cannot be read before the upload is completed. Safe for many threads. */
public interface ObjectUploads {
    UploadRef start(ObjectKey key, UploadOptions options);

    /**
     * Stores a part; one of the same number is replaced.
     *
     * @param number 1..10000
     * @param content owned by the store from here on, also when the call fails
     * @param checksums as in {@link WriteOptions}
     */
    PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums);

    /** A part made of bytes of an object of the same bucket. */
    PartOutcome copyPart(UploadRef upload, int number, CopySource source);

    /**
     * Makes the object of the parts, whole or not at all. With the same parts once more within an hour, the answer is the same.
     *
     * @param parts 1 to 10000, ascending
     */
    CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options);

    /** @return false where there is no such upload */
    boolean abort(UploadRef upload);

    /** Parts with a number above the given one. Empty where there is no such upload. @param limit 1..1000 */
    Optional<PartPage> parts(UploadRef upload, int after, int limit);

    UploadPage list(UploadQuery query);
}
