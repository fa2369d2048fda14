package io.triport.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.audit.AuditSinks;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.gateway.metrics.GatewayMetrics;
import io.triport.gateway.proxy.Proxy;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.LiveLimits;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.ReadinessCheck;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Gates;
import io.triport.identity.limit.NamedLimits;
import io.triport.identity.limit.Presence;
import io.triport.identity.log.RequestLog;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Wires what the gateway is made of. */
@Factory
@Requires(property = Gateway.APP, value = Gateway.NAME)
final class GatewayWiring {
    private static final int NODE_BYTES = 8;

    @Singleton
    GatewayMetrics metrics(MeterRegistry registry, Gates gates) {
        return new GatewayMetrics(registry, gates);
    }

    /** A gateway that cannot say what it did shall get no requests. */
    @Singleton
    ReadinessCheck recording(Proxy proxy) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return "audit";
            }

            @Override
            public boolean passes() {
                return proxy.recording();
            }
        };
    }

    @Bean(preDestroy = "close")
    @Singleton
    Proxy proxy(
            AppConfig config,
            Gates gates,
            TakenOver binder,
            RequestLog log,
            FailureLimit failures,
            LiveLimits limits,
            BodyBudget bodies,
            @Nullable @Named("shared") SharedRateLimiter shared,
            Presence presence,
            Drain drain,
            AuditSinks sinks,
            GatewayMetrics metrics,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        if (!(config instanceof GatewayConfig gateway)) {
            throw new IllegalStateException("configuration: " + config + " (expected: that of the gateway)");
        }
        var node = HexFormat.of().formatHex(randomness.bytes(NODE_BYTES));
        var limiter = new NamedLimits(shared, presence, ticker);
        var edge = new Proxy.Edge(binder, log, failures, limiter, drain, bodies, metrics, node);
        var proxy = new Proxy(gateway.settings(), gates, edge, sinks, clock, ticker, randomness);
        gateway.runs(newer -> {
            proxy.adopt(newer);
            limits.adopt(EdgeKeys.limits(limits.now(), newer.front()));
            failures.allow(newer.front().limits().rejectedPerMinute());
        });
        return proxy;
    }
}
