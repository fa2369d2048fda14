package io.triport.manager.metric;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.log.RequestLog;
import io.triport.manager.automation.Pulses;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires what counts. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class MetricWiring {
    /** Stands before the log of requests, which hears of every call from it. */
    @Primary
    @Singleton
    Counts counts(RequestLog log, Clock clock) {
        return new Counts(log, clock);
    }

    @Context
    CountBook book(Counts counts, Storage storage, Clock clock, Pulses pulses) {
        var book = new CountBook(counts, storage, clock);
        pulses.counts().does(book::write);
        return book;
    }
}
