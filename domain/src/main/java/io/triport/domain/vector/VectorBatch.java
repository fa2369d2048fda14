package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Collection;

/** The bounds of what one call takes (storage contract, section 8.2). */
public final class VectorBatch {
    /** Vectors or ids of a call. */
    public static final int MOST = 1_000;

    private VectorBatch() {}

    /**
     * @throws StorageFailure.Rejected BAD_REQUEST for none
     * @throws StorageFailure.LimitExceeded TOO_LARGE for more than 1000
     */
    public static void require(Collection<?> members) {
        if (members.isEmpty()) {
            throw VectorText.bad("batch: empty (expected: 1.." + MOST + ")");
        }
        if (members.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + members.size() + " (expected: 1.." + MOST + ")");
        }
    }
}
