package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
import io.triport.domain.request.Bytes;
import org.jspecify.annotations.Nullable;

/** Bytes that are there and belong to no row yet. @param checksum null for none */
record Body(
        Body.Place place, long size, ETag etag, @Nullable Checksum checksum) {
    /** Where they are until a row has them. */
    sealed interface Place {
        /** Written to a run. @param bytes its name */
        record Run(String bytes) implements Place {}

        /** In memory: so few that they lie with their row. */
        record Held(Bytes bytes) implements Place {}
    }

    /** What a write of bytes came to. */
    sealed interface Outcome {}

    record Written(Body body) implements Outcome {}

    /** They are not those that were claimed, and gone again. */
    record Mismatch(ChecksumAlgorithm algorithm) implements Outcome {}
}
