package io.triport.objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.CursorSeal;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Gates;
import io.triport.identity.log.RequestLog;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.stream.StreamEdge;
import io.triport.objects.serve.Admissions;
import io.triport.objects.serve.Operations;
import io.triport.objects.serve.Patience;
import io.triport.objects.serve.S3App;
import io.triport.objects.serve.S3Metrics;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Wires what the object proxy is made of. */
@Factory
@Requires(property = ObjectProxy.APP, value = ObjectProxy.NAME)
final class ObjectProxyWiring {
    @Singleton
    Admissions admissions(
            AppConfig app,
            Gates gates,
            FailureLimit failures,
            RateLimiter limiter,
            RequestLog log,
            TakenOver binder,
            Clock clock) {
        var config = own(app);
        var gate = gates.over(Set.of(config.signing(), config.forms()));
        var signing = gates.live(SigV4Mechanism.class).get(SigV4Mechanism.NAME);
        var forms = gates.live(PostPolicyMechanism.class).get(PostPolicyMechanism.NAME);
        if (signing == null || forms == null) {
            throw new IllegalStateException("mechanism: none (expected: " + SigV4Mechanism.NAME + ")");
        }
        var signatures = new SigV4Signatures(signing, forms, clock);
        return new Admissions(gate, signatures, failures, limiter, config::limits, log, binder);
    }

    @Singleton
    S3App app(
            AppConfig appConfig,
            Admissions admissions,
            Storage storage,
            CursorSeal seal,
            TrustedProxies proxies,
            RequestLog log,
            MeterRegistry registry,
            Patience patience,
            Ticker ticker) {
        var config = own(appConfig);
        var endpoint = config.endpoint();
        return new S3App(
                new S3App.Site(config.provider(), endpoint.domains(), proxies, endpoint.timing()),
                admissions,
                new Operations(endpoint.region(), seal),
                new S3App.Means(storage, log, new S3Metrics(registry), ticker, patience));
    }

    /** What copies and completions may take before their answer begins (object proxy page, section 10.4). */
    @Singleton
    @Requires(missingBeans = Patience.class)
    Patience patience() {
        return Patience.of(Duration.ofSeconds(10));
    }

    @Bean(preDestroy = "close")
    @Singleton
    StreamEdge edge(
            S3App app,
            TakenOver binder,
            TrustedProxies proxies,
            RequestLog log,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        return new StreamEdge(app, new StreamEdge.Means(binder, proxies, log, clock, ticker, randomness));
    }

    private static ObjectProxyConfig own(AppConfig config) {
        if (config instanceof ObjectProxyConfig own) {
            return own;
        }
        throw new IllegalStateException("configuration: " + config + " (expected: that of the object proxy)");
    }
}
