package io.triport.domain.object;

/** What a write came to. All but {@link Stored} left everything as it was. */
public sealed interface PutOutcome {
    record Stored(ObjectInfo info) implements PutOutcome {}

    record PreconditionFailed() implements PutOutcome {}

    /** The condition names what has to be there, and nothing is. */
    record Missing() implements PutOutcome {}

    /** Another write of the key came between; the caller may try again. */
    record Conflict() implements PutOutcome {}

    record ChecksumMismatch(ChecksumAlgorithm algorithm) implements PutOutcome {}
}
