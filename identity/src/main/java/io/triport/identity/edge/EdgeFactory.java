package io.triport.identity.edge;

import io.micronaut.context.annotation.Factory;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.connection.EdgeRefusals;
import io.triport.identity.connection.TrustedProxies;
import jakarta.inject.Singleton;

/** Wires what the edge makes of its settings. */
@Factory
final class EdgeFactory {
    @Singleton
    TrustedProxies proxies(EdgeSettings settings) {
        return new TrustedProxies(settings.trustedProxies());
    }

    @Singleton
    EdgeLimits limits(EdgeSettings settings) {
        return settings.limits();
    }

    @Singleton
    EdgeRefusals refusals(ErrorShape shape) {
        return new EdgeRefusals(shape::of);
    }

    @Singleton
    Drain drain(Ticker ticker) {
        return new Drain(ticker);
    }

    @Singleton
    BodyBudget bodies() {
        return BodyBudget.ofHeap();
    }

    @Singleton
    FailureLimit failures(Ticker ticker, EdgeSettings settings) {
        return new FailureLimit(ticker, settings.rejectedPerMinute());
    }
}
