package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import java.util.List;

/** What a bulk call did, key by key. @param done members that took effect */
public record BulkOutcome(int done, List<BulkOutcome.Failed> failed) {
    public BulkOutcome {
        failed = List.copyOf(failed);
    }

    /** A member that had no effect. */
    public record Failed(KvKey key, FailureCode code) {}
}
