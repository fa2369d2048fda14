package io.triport.gateway;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.gateway.proxy.Proxy;
import io.triport.identity.connection.Drain;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Gates;
import io.triport.identity.log.RequestLog;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires what the gateway is made of. */
@Factory
final class GatewayWiring {
    @Bean(preDestroy = "close")
    @Singleton
    Proxy proxy(
            AppConfig config,
            Gates gates,
            TakenOver binder,
            RequestLog log,
            FailureLimit failures,
            RateLimiter limiter,
            Drain drain,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        if (!(config instanceof GatewayConfig gateway)) {
            throw new IllegalStateException("configuration: " + config + " (expected: that of the gateway)");
        }
        var edge = new Proxy.Edge(binder, log, failures, limiter, drain);
        var proxy = new Proxy(gateway.settings(), gates, edge, clock, ticker, randomness);
        gateway.runs(proxy);
        return proxy;
    }
}
