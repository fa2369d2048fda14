package io.triport.identity.edge;

import io.micronaut.context.annotation.Factory;
import io.triport.domain.time.Ticker;
import jakarta.inject.Singleton;

/** Wires what the edge makes of its settings. */
@Factory
final class EdgeFactory {
    @Singleton
    ClientAddress clientAddress(EdgeSettings settings) {
        return new ClientAddress(settings.trustedProxies());
    }

    @Singleton
    FailureLimit failures(Ticker ticker, EdgeSettings settings) {
        return new FailureLimit(ticker, settings.rejectedPerMinute());
    }
}
