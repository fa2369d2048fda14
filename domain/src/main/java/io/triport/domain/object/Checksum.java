package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** A checksum of an object or part. @param scope what it was made of */
public record Checksum(ChecksumAlgorithm algorithm, Bytes value, Scope scope) {
    /** What the bytes were that were summed up. */
    public enum Scope {
        /** All bytes of the object. */
        FULL_OBJECT,
        /** The checksums of its parts, one after the other. */
        COMPOSITE
    }

    /** @throws InvalidInput when the value has not the algorithm's length */
    public Checksum {
        if (value.size() != algorithm.bytes()) {
            throw new InvalidInput("checksum", algorithm.bytes() + " bytes for " + algorithm);
        }
    }
}
