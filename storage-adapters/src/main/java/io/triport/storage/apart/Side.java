package io.triport.storage.apart;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;

/** Where a call comes from. */
enum Side {
    OUTSIDE,
    /** Of writes that commit together, which those of two engines do not. */
    IN_UNIT;

    /** @throws StorageFailure.Rejected UNSUPPORTED in a unit */
    void requireOutside() {
        if (this == IN_UNIT) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "unit: it lies on another engine (expected: a call of its own)");
        }
    }
}
