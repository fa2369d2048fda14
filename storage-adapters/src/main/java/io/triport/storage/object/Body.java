package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
import org.jspecify.annotations.Nullable;

/** Bytes that are written and named by no row yet. @param checksum null for none */
record Body(String bytes, long size, ETag etag, @Nullable Checksum checksum) {
    /** What a write of bytes came to. */
    sealed interface Outcome {}

    record Written(Body body) implements Outcome {}

    /** They are not those that were claimed, and gone again. */
    record Mismatch(ChecksumAlgorithm algorithm) implements Outcome {}
}
