package io.triport.objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.CursorSeal;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.directory.Directory;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Directories;
import io.triport.identity.launch.Gates;
import io.triport.identity.log.RequestLog;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.stream.StreamEdge;
import io.triport.objects.serve.Admissions;
import io.triport.objects.serve.BucketChanges;
import io.triport.objects.serve.ConfiguredBuckets;
import io.triport.objects.serve.Operations;
import io.triport.objects.serve.S3App;
import io.triport.objects.serve.S3Metrics;
import io.triport.objects.stored.StoredBuckets;
import io.triport.objects.stored.StoredDocuments;
import io.triport.objects.stored.StoredProvider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires what the object proxy is made of. */
@Factory
@Requires(property = ObjectProxy.APP, value = ObjectProxy.NAME)
final class ObjectProxyWiring {
    /** Tells our documents from those of others in the same database. */
    private static final String SPACE = "s3";

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

    /** Absent where the configuration file is all there is. */
    @Singleton
    Directory directory(AppConfig app, Directories directories) {
        var settings = own(app).stored();
        if (settings == null) {
            throw new DisabledBeanException("nothing is stored beside the configuration");
        }
        var directory = directories.open(settings.keys(), SPACE);
        own(app).providers().behind(new StoredProvider(directory));
        return directory;
    }

    @Singleton
    BucketChanges changes(AppConfig app, @Nullable Directory directory, Clock clock, Randomness randomness) {
        var settings = own(app).stored();
        return settings == null || directory == null
                ? new ConfiguredBuckets()
                : new StoredBuckets(
                        new StoredDocuments(directory, randomness),
                        own(app).providers(),
                        settings.newBuckets(),
                        clock,
                        randomness);
    }

    @Singleton
    S3App app(
            AppConfig appConfig,
            Admissions admissions,
            Storage storage,
            BucketChanges changes,
            CursorSeal seal,
            TrustedProxies proxies,
            RequestLog log,
            MeterRegistry registry,
            Ticker ticker) {
        var config = own(appConfig);
        var endpoint = config.endpoint();
        return new S3App(
                new S3App.Site(config.providers(), endpoint.domains(), proxies, endpoint.timing()),
                admissions,
                new Operations(endpoint.region(), changes, seal),
                new S3App.Means(storage, log, new S3Metrics(registry), ticker));
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
