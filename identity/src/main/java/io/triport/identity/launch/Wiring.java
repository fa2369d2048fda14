package io.triport.identity.launch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevels;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.IdentityState;
import io.triport.identity.connection.AtWork;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Readiness;
import io.triport.identity.edge.ReadinessCheck;
import io.triport.identity.everybody.PublicMechanism;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.limit.LeasingRateLimiter;
import io.triport.identity.limit.LocalRateLimiter;
import io.triport.identity.limit.Presence;
import io.triport.identity.log.Logging;
import io.triport.identity.log.RefusalTeller;
import io.triport.identity.log.RequestLog;
import io.triport.identity.log.StorageMeters;
import io.triport.identity.otlp.Teller;
import io.triport.identity.sts.SessionRevocations;
import io.triport.identity.trace.TraceSettings;
import io.triport.identity.trace.TracedRequests;
import io.triport.identity.trace.Tracing;
import io.triport.identity.verified.VerifiedCache;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires what depends on the app: its gate, its words for errors, its tasks. */
@Factory
final class Wiring {
    private static final int NODE_BYTES = 8;

    @Singleton
    IdentityState state(
            NonceLedger nonces,
            CredentialStore credentials,
            RevocationList revocations,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        return new IdentityState(
                nonces,
                credentials,
                revocations,
                clock,
                ticker,
                randomness,
                PublishedKeys.Surroundings.present(ticker, randomness),
                new VerifiedCache(ticker));
    }

    @Singleton
    AccessGate gate(AppConfig config, IdentityState state, Clock clock, RequestLog log) {
        var mechanisms = new HashSet<IdentityMechanism>();
        config.mechanisms().forEach(planned -> mechanisms.add(planned.over(state)));
        mechanisms.add(new PublicMechanism());
        var tasks = new HashSet<SystemTask>();
        config.beginnings().forEach(beginning -> tasks.add(beginning.task()));
        config.tasks().forEach(recurring -> tasks.add(recurring.task()));
        config.crons().forEach(cron -> tasks.add(cron.task()));
        config.consumers().forEach(consumer -> tasks.add(consumer.task()));
        return new AccessGate(mechanisms, tasks, clock, log);
    }

    @Singleton
    Gates gates(IdentityState state, RequestLog log) {
        return new Gates(state, log);
    }

    @Singleton
    Directories directories(IdentityState state) {
        return new Directories(state);
    }

    @Singleton
    Desks desks(IdentityState state) {
        return new Desks(state);
    }

    @Singleton
    SessionRevocations sessionRevocations(IdentityState state) {
        return new SessionRevocations(state.revocations(), state.clock());
    }

    @Singleton
    ErrorShape errors(AppConfig config) {
        return config.errors();
    }

    @Singleton
    RequestLog requestLog(PrometheusMeterRegistry registry, Ticker ticker, TracedRequests traces) {
        Logging.show(registry);
        return new RequestLog(registry, ticker, traces);
    }

    /** @param settings null where nothing is traced, or where the app traces in a way of its own */
    @Bean(preDestroy = "close")
    @Singleton
    TracedRequests traces(
            @Nullable TraceSettings settings,
            EdgeSettings edge,
            PrometheusMeterRegistry registry,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        if (settings == null) {
            return TracedRequests.none();
        }
        var teller = Teller.of(edge.app(), HexFormat.of().formatHex(randomness.bytes(NODE_BYTES)));
        var traces = TracedRequests.of(new Tracing(settings, teller, clock, ticker, randomness));
        FunctionCounter.builder("triport.traces.dropped", traces, TracedRequests::dropped)
                .description("traces that no collector took")
                .register(registry);
        return traces;
    }

    @Singleton
    StorageMeters storageMeters(StorageLevels storage, AtWork work, PrometheusMeterRegistry registry) {
        Gauge.builder("triport.request.working", work, AtWork::working)
                .description("requests at work")
                .strongReference(true)
                .register(registry);
        Gauge.builder("triport.request.waiting", work, AtWork::waiting)
                .description("requests that wait for a place at work")
                .strongReference(true)
                .register(registry);
        return StorageMeters.show(storage, registry);
    }

    @Bean(preDestroy = "close")
    @Singleton
    RefusalTeller refusals(RequestLog log) {
        return RefusalTeller.start(log);
    }

    /** @param shared what an engine of several nodes brings */
    @Primary
    @Singleton
    RateLimiter limiter(@Nullable @Named("shared") SharedRateLimiter shared, Presence presence, Ticker ticker) {
        return shared == null
                ? new LocalRateLimiter(ticker)
                : new LeasingRateLimiter(shared, presence, ticker, limit -> LocalRateLimiter.MOST);
    }

    /** One for all limiters of a process, which would otherwise count as several. */
    @Bean(preDestroy = "close")
    @Singleton
    Presence presence(@Nullable @Named("shared") SharedRateLimiter shared, Randomness randomness) {
        return Presence.begin(shared, HexFormat.of().formatHex(randomness.bytes(NODE_BYTES)));
    }

    @Bean(preDestroy = "close")
    @Singleton
    Readiness readiness(
            StorageHealth storage,
            RevocationList revocations,
            AccessGate gate,
            Gates gates,
            List<ReadinessCheck> more,
            MeterRegistry registry) {
        Readiness.show(revocations, registry);
        return new Readiness(
                storage,
                revocations,
                () -> Stream.concat(gate.unready().stream(), gates.unready().stream())
                        .collect(Collectors.toUnmodifiableSet()),
                more);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Schedule schedule(SystemTasks tasks, IdentityState state) {
        return new Schedule(tasks, state);
    }

    @Singleton
    Events events(AccessGate gate, RequestLog log, IdentityState state) {
        return new Events(gate, log, state.ticker());
    }

    @Singleton
    SystemTasks systemTasks(Events events, Storage storage, IdentityState state) {
        return new SystemTasks(events, storage, state);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Crons crons(Events events, Storage storage, TickLedger ledger, IdentityState state) {
        return new Crons(events, storage, ledger, state);
    }

    @Singleton
    Consumers consumers(Events events, Storage storage, QueueDeliveries deliveries) {
        return new Consumers(events, storage, deliveries);
    }
}
