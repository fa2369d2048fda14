package io.triport.objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Directories;
import io.triport.identity.launch.Gates;
import io.triport.identity.log.RequestLog;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.stream.StreamEdge;
import io.triport.identity.sts.IssuerKeys;
import io.triport.identity.sts.SessionRevocations;
import io.triport.identity.workload.ExchangedCredentials;
import io.triport.identity.workload.RenewalRules;
import io.triport.identity.workload.WorkloadMeans;
import io.triport.objects.admin.AdminApi;
import io.triport.objects.admin.Administrators;
import io.triport.objects.admin.Forms;
import io.triport.objects.admin.SessionsPage;
import io.triport.objects.admin.Shelves;
import io.triport.objects.admin.UsagePage;
import io.triport.objects.bucket.BucketChanges;
import io.triport.objects.bucket.ConfiguredBuckets;
import io.triport.objects.endpoint.Endpoint;
import io.triport.objects.endpoint.ExchangeMetrics;
import io.triport.objects.endpoint.ProviderPages;
import io.triport.objects.endpoint.StsDesk;
import io.triport.objects.endpoint.StsMetrics;
import io.triport.objects.quota.Metering;
import io.triport.objects.serve.Admissions;
import io.triport.objects.serve.Operations;
import io.triport.objects.serve.Patience;
import io.triport.objects.serve.S3App;
import io.triport.objects.serve.S3Metrics;
import io.triport.objects.stored.Readers;
import io.triport.objects.stored.StoredBuckets;
import io.triport.objects.stored.StoredDocuments;
import io.triport.objects.stored.StoredProvider;
import io.triport.objects.stored.Storeroom;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires what the object proxy is made of. */
@Factory
@Requires(property = ObjectProxy.APP, value = ObjectProxy.NAME)
final class ObjectProxyWiring {
    /** Tells our documents from those of others in the same database. */
    private static final String SPACE = "s3";

    /** One gate for all, and what each of its mechanisms has to say beside it. */
    record Doors(AccessGate gate, SigV4Mechanism requests, PostPolicyMechanism forms, SigV4Mechanism questions) {}

    @Singleton
    Doors doors(AppConfig app, Gates gates) {
        var config = own(app);
        var signing = config.signing();
        var administration = Signing.administration(
                config.administrating(), config.endpoint().rules());
        var gate = gates.over(Set.of(signing.requests(), signing.forms(), signing.questions(), administration));
        return new Doors(
                gate,
                live(gates, SigV4Mechanism.class, SigV4Mechanism.NAME),
                live(gates, PostPolicyMechanism.class, PostPolicyMechanism.NAME),
                live(gates, SigV4Mechanism.class, StsDesk.MECHANISM));
    }

    private static <T> T live(Gates gates, Class<T> kind, MechanismName name) {
        var mechanism = gates.live(kind).get(name);
        if (mechanism == null) {
            throw new IllegalStateException("mechanism: none (expected: " + name + ")");
        }
        return mechanism;
    }

    @Singleton
    IssuerKeys issuers(Ticker ticker, Randomness randomness) {
        return IssuerKeys.byHttp(ticker, randomness);
    }

    /** Begins to get credentials for buckets, too, where we sign in our own name. */
    @Singleton
    ProviderPages pages(
            AppConfig app, Doors doors, Clock clock, Ticker ticker, Randomness randomness, MeterRegistry registry) {
        var outward = own(app).outward();
        var oidc = outward.oidc();
        if (oidc == null) {
            return new ProviderPages(null, doors.gate(), clock);
        }
        var signer = oidc.signer();
        var exchanges = new ExchangeMetrics(registry);
        outward.federation()
                .begin(ExchangedCredentials.of(
                        Map.of(),
                        signer,
                        new WorkloadMeans(
                                clock,
                                ticker,
                                randomness,
                                task -> Thread.ofVirtual().name("exchange").start(task)),
                        RenewalRules.LATE,
                        exchanges::ended));
        return new ProviderPages(signer, doors.gate(), clock);
    }

    @Singleton
    StsDesk sts(
            AppConfig app,
            Doors doors,
            IssuerKeys issuers,
            StsDesk.Bounds bounds,
            RequestLog log,
            TakenOver binder,
            MeterRegistry registry,
            Clock clock,
            Randomness randomness) {
        return new StsDesk(
                own(app).signing().service(issuers, clock, randomness),
                new StsDesk.Entrance(doors.gate(), doors.questions(), binder, clock),
                bounds,
                log,
                new StsMetrics(registry, issuers));
    }

    @Singleton
    StsDesk.Bounds bounds(AppConfig app, RateLimiter limiter, FailureLimit failures) {
        return new StsDesk.Bounds(limiter, own(app)::limits, failures);
    }

    @Singleton
    Admissions admissions(
            AppConfig app,
            Doors doors,
            FailureLimit failures,
            RateLimiter limiter,
            RequestLog log,
            TakenOver binder,
            Clock clock) {
        var config = own(app);
        return new Admissions(
                doors.gate(),
                new SigV4Signatures(doors.requests(), doors.forms(), clock),
                failures,
                limiter,
                config::limits,
                log,
                binder);
    }

    /** Absent where the configuration file is all there is. */
    @Singleton
    Storeroom storeroom(AppConfig app, Directories directories, Randomness randomness) {
        var settings = own(app).stored();
        if (settings == null) {
            throw new DisabledBeanException("nothing is stored beside the configuration");
        }
        var directory = directories.open(settings.keys(), SPACE);
        var outward = own(app).outward();
        var readers = new Readers(outward.oidc() == null ? null : outward.federation());
        var provider = new StoredProvider(directory, readers);
        own(app).providers().behind(provider);
        return new Storeroom(settings, new StoredDocuments(directory, randomness), provider, readers);
    }

    @Singleton
    Metering metering(AppConfig app, Clock clock, MeterRegistry registry) {
        return new Metering(own(app).quotas(), clock, registry);
    }

    @Singleton
    BucketChanges changes(AppConfig app, @Nullable Storeroom storeroom, Clock clock, Randomness randomness) {
        return storeroom == null
                ? new ConfiguredBuckets()
                : new StoredBuckets(storeroom, own(app).providers(), clock, randomness);
    }

    /** Absent unless somebody is named who may use it. */
    @Singleton
    AdminApi admin(
            AppConfig app,
            @Nullable Storeroom storeroom,
            Doors doors,
            FailureLimit failures,
            SessionRevocations revocations,
            Metering metering,
            Clock clock,
            Randomness randomness) {
        if (storeroom == null || storeroom.settings().administrators().isEmpty()) {
            throw new DisabledBeanException("nobody administers by requests");
        }
        var forms = new Forms(own(app).providers(), storeroom.readers(), clock, randomness);
        return new AdminApi(
                new Administrators(doors.gate(), failures),
                new Shelves(storeroom.documents(), storeroom.provider(), forms),
                new SessionsPage(storeroom.documents(), revocations, forms, clock),
                new UsagePage(metering, own(app).providers()));
    }

    @Singleton
    S3App.Site site(AppConfig app, TrustedProxies proxies) {
        var config = own(app);
        var endpoint = config.endpoint();
        return new S3App.Site(config.providers(), endpoint.domains(), proxies, endpoint.timing());
    }

    @Singleton
    Endpoint app(
            AppConfig appConfig,
            S3App.Site site,
            Admissions admissions,
            StsDesk sts,
            ProviderPages pages,
            Storage storage,
            BucketChanges changes,
            CursorSeal seal,
            RequestLog log,
            MeterRegistry registry,
            Metering metering,
            Patience patience,
            Ticker ticker) {
        var buckets = new S3App(
                site,
                admissions,
                new Operations(own(appConfig).endpoint().region(), changes, seal),
                new S3App.Means(storage, log, new S3Metrics(registry), metering, ticker, patience));
        return new Endpoint(site, buckets, sts, pages);
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
            Endpoint app,
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
