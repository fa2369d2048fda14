package io.triport.domain.object;

/** What became of a part. All but {@link Stored} left everything as it was. */
public sealed interface PartOutcome {
    record Stored(ObjectPart part) implements PartOutcome {}

    record NoSuchUpload() implements PartOutcome {}

    record ChecksumMismatch(ChecksumAlgorithm algorithm) implements PartOutcome {}

    /** Of a copied part: there is nothing to copy. */
    record SourceMissing() implements PartOutcome {}

    record SourceConditionFailed() implements PartOutcome {}

    /** Of a copied part: the range does not lie within the source. */
    record SourceRangeRefused(long size) implements PartOutcome {}
}
