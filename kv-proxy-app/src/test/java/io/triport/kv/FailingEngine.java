package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;
import java.util.function.Function;
import java.util.function.Supplier;

/** An engine that opens and then fails at every call for pairs. */
final class FailingEngine extends ForwardingEngine {
    private final Supplier<StorageFailure> failure;

    private FailingEngine(StorageEngine engine, Supplier<StorageFailure> failure) {
        super(engine);
        this.failure = failure;
    }

    static FailingEngine over(StorageEngine engine, Supplier<StorageFailure> failure) {
        return new FailingEngine(engine, failure);
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        throw failure.get();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return engine().together(inner -> unit.apply(new FailingEngine(inner, failure)));
    }
}
