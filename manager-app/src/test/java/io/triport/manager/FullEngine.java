package io.triport.manager;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/** An engine whose units find no room while its disk is full, if there is more in them than a test says. */
final class FullEngine extends ForwardingEngine {
    private final AtomicBoolean full;
    private final Predicate<StorageEngine> needsRoom;

    /** @param needsRoom looks at what a unit has made of the data */
    FullEngine(StorageEngine engine, AtomicBoolean full, Predicate<StorageEngine> needsRoom) {
        super(engine);
        this.full = full;
        this.needsRoom = needsRoom;
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return engine().together(inner -> {
            var result = unit.apply(inner);
            if (full.get() && needsRoom.test(inner)) {
                throw new StorageFailure.Unavailable(FailureCode.FULL, "full");
            }
            return result;
        });
    }
}
