package io.triport.domain.object;

import io.triport.domain.request.Content;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a read came to. */
public sealed interface GetOutcome {
    /**
     * @param slice which bytes of it the content is; all of them unless a range was asked for
     * @param partCount of the multipart upload that it was, 0 for none
     * @param content owned by the caller, who reads or closes it; the version that was opened, whatever is written meanwhile
     */
    record Found(ObjectInfo info, Slice slice, int partCount, Content content) implements GetOutcome {}

    record NotModified(ObjectInfo info) implements GetOutcome {}

    /** @param info what is there, whose bytes are not given; null where the store does not tell */
    record PreconditionFailed(@Nullable ObjectInfo info) implements GetOutcome {}

    record Missing() implements GetOutcome {}

    /** The object was deleted, and a marker of it is kept. */
    record Deleted(VersionId marker, Instant modified) implements GetOutcome {}

    /** Nothing of the range is in the object. */
    record RangeRefused(long size) implements GetOutcome {}
}
