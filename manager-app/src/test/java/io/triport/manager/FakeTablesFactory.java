package io.triport.manager;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.time.Ticker;
import io.triport.testkit.FakeStorageEngine;
import jakarta.inject.Singleton;
import java.time.Clock;

/** An engine of tests that keeps tables, in the place of the one in memory. */
@Factory
@Requires(property = FakeTablesFactory.WANTED, value = "true")
final class FakeTablesFactory {
    static final String WANTED = "test.fake-tables";

    @Primary
    @Singleton
    Storage storage(Clock clock, Ticker ticker, StorageLog log) {
        return new Storage(new FakeStorageEngine(clock), clock, ticker, log);
    }
}
