package io.triport.domain.object;

/** What the completion of an upload came to. All but {@link Completed} left everything as it was. */
public sealed interface CompleteOutcome {
    record Completed(ObjectInfo info) implements CompleteOutcome {}

    record NoSuchUpload() implements CompleteOutcome {}

    /** A part is unknown, or not the one that is named. */
    record InvalidPart(int number) implements CompleteOutcome {}

    /** The numbers do not ascend. */
    record InvalidPartOrder() implements CompleteOutcome {}

    /** A part before the last is smaller than {@link ObjectLimits#LEAST_PART_BYTES}. */
    record PartTooSmall(int number, long size) implements CompleteOutcome {}

    /** The object would be longer than {@link CompleteOptions#mostBytes}. */
    record TooLarge(long size) implements CompleteOutcome {}

    record SizeMismatch(long size) implements CompleteOutcome {}

    /** @param why a condition or checksum that does not hold, or a write that came between */
    record Refused(PutOutcome why) implements CompleteOutcome {}
}
