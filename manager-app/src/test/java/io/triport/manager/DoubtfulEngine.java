package io.triport.manager;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine that commits a unit and does not answer for it. */
final class DoubtfulEngine extends ForwardingEngine {
    private final AtomicInteger answered = new AtomicInteger(Integer.MAX_VALUE);

    DoubtfulEngine(StorageEngine engine) {
        super(engine);
    }

    /** From now on so many units are answered for; the one behind them is not. */
    void doubtAfter(int units) {
        answered.set(units);
    }

    /** Whether a unit went without its answer since. */
    boolean doubted() {
        return answered.get() < 0;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        var result = engine().together(unit);
        if (answered.getAndDecrement() == 0) {
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "no answer");
        }
        return result;
    }
}
