package io.triport.gateway;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.SharedRateLimiter;
import java.time.Duration;
import java.util.List;

/** A store of shared limits that does not answer. */
final class AwayLimiter implements SharedRateLimiter {
    @Override
    public Admission take(List<Charge> charges) {
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "away");
    }

    @Override
    public int nodes(String node, Duration silence) {
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "away");
    }
}
