package io.triport.domain.object;

import java.time.Instant;

/** What is at a reference. */
public sealed interface HeadOutcome {
    record Found(ObjectInfo info) implements HeadOutcome {}

    record Missing() implements HeadOutcome {}

    /** The object was deleted, and a marker of it is kept. */
    record Deleted(VersionId marker, Instant modified) implements HeadOutcome {}
}
