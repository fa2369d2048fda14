package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;

/** What a request may have done when its answer is lost. */
enum Effect {
    /** Nothing: it reads. */
    NONE(FailureCode.UNAVAILABLE),
    /** The same once more changes nothing further. */
    REPEATABLE(FailureCode.OUTCOME_UNKNOWN),
    ONCE(FailureCode.OUTCOME_UNKNOWN);

    private final FailureCode whenLost;

    Effect(FailureCode whenLost) {
        this.whenLost = whenLost;
    }

    FailureCode whenLost() {
        return whenLost;
    }
}
