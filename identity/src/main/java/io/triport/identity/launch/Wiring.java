package io.triport.identity.launch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Readiness;
import io.triport.identity.everybody.PublicMechanism;
import io.triport.identity.limit.LeasingRateLimiter;
import io.triport.identity.limit.LocalRateLimiter;
import io.triport.identity.log.RequestLog;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wires what depends on the app: its gate, its words for errors, its tasks. */
@Factory
final class Wiring {
    private static final int NODE_BYTES = 8;

    @Singleton
    AccessGate gate(AppConfig config, NonceLedger nonces, Clock clock, RequestLog log) {
        var mechanisms = new HashSet<IdentityMechanism>();
        config.mechanisms().forEach(planned -> mechanisms.add(planned.over(nonces)));
        mechanisms.add(new PublicMechanism());
        var tasks = config.tasks().stream().map(Recurring::task).collect(Collectors.<SystemTask>toSet());
        return new AccessGate(mechanisms, tasks, clock, log);
    }

    @Singleton
    Gates gates(NonceLedger nonces, Clock clock, RequestLog log) {
        return new Gates(nonces, clock, log);
    }

    @Singleton
    ErrorShape errors(AppConfig config) {
        return config.errors();
    }

    @Singleton
    RequestLog requestLog(MeterRegistry registry) {
        return new RequestLog(registry);
    }

    /** @param shared what an engine of several nodes brings */
    @Primary
    @Singleton
    RateLimiter limiter(@Nullable @Named("shared") SharedRateLimiter shared, Ticker ticker, Randomness randomness) {
        if (shared == null) {
            return new LocalRateLimiter(ticker);
        }
        var node = HexFormat.of().formatHex(randomness.bytes(NODE_BYTES));
        return new LeasingRateLimiter(shared, node, ticker, limit -> LocalRateLimiter.MOST);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Readiness readiness(StorageHealth storage) {
        return new Readiness(storage);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Schedule schedule(AccessGate gate, Storage storage, NonceLedger nonces, Clock clock, Randomness randomness) {
        return new Schedule(gate, storage, nonces, clock, randomness);
    }
}
