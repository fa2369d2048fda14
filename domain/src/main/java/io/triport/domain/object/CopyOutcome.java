package io.triport.domain.object;

/** What a copy came to. */
public sealed interface CopyOutcome {
    /** @param source the version that was copied */
    record Copied(ObjectInfo info, VersionId source) implements CopyOutcome {}

    /** There is nothing to copy. */
    record SourceMissing() implements CopyOutcome {}

    record SourceConditionFailed() implements CopyOutcome {}

    /** The copy would be longer than {@link CopyOptions#mostBytes}. */
    record TooLarge(long size) implements CopyOutcome {}

    /** The write to the target was refused. */
    record Refused(PutOutcome why) implements CopyOutcome {}
}
