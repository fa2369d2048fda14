package io.triport.identity.edge;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.connection.EdgeRefusals;
import io.triport.identity.connection.ListenerPorts;
import io.triport.identity.connection.LiveLimits;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.tls.TlsListeners;
import io.triport.identity.tls.TlsSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Wires what the edge makes of its settings. */
@Factory
final class EdgeFactory {
    @Singleton
    TrustedProxies proxies(EdgeSettings settings) {
        return new TrustedProxies(settings.trustedProxies());
    }

    @Singleton
    ListenerPorts ports(EdgeSettings settings) {
        return new ListenerPorts(
                ports(settings, EdgeSettings.Listener::proxied),
                ports(settings, EdgeSettings.Listener::priorKnowledge));
    }

    private static Set<Integer> ports(EdgeSettings settings, Predicate<EdgeSettings.Listener> which) {
        return settings.listeners().values().stream()
                .filter(which)
                .map(EdgeSettings.Listener::port)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Singleton
    EdgeLimits limits(EdgeSettings settings) {
        return settings.limits();
    }

    @Singleton
    LiveLimits live(EdgeLimits limits) {
        return new LiveLimits(limits);
    }

    @Singleton
    EdgeRefusals refusals(ErrorShape shape, Clock clock) {
        return new EdgeRefusals(shape::of, clock);
    }

    @Singleton
    Drain drain(Ticker ticker) {
        return new Drain(ticker);
    }

    @Bean(preDestroy = "close")
    @Singleton
    TlsListeners tls(EdgeSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        var byName = new HashMap<String, TlsSettings>();
        settings.listeners().forEach((name, listener) -> {
            if (listener.tls() != null) {
                byName.put(name, listener.tls());
            }
        });
        var fetching = Thread.ofVirtual().name("revocation-lists").factory();
        var around = PublishedLists.Surroundings.overHttp(
                fetch -> fetching.newThread(fetch).start(), clock, ticker, randomness);
        return new TlsListeners(byName, around);
    }

    /** Without the lists nobody who shows a certificate gets in. */
    @Singleton
    ReadinessCheck revocationLists(TlsListeners listeners) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return "revocation-lists";
            }

            @Override
            public boolean passes() {
                return listeners.ready();
            }
        };
    }

    @Singleton
    BodyBudget bodies(EdgeLimits limits) {
        return BodyBudget.ofHeap(limits.body().held());
    }

    @Singleton
    FailureLimit failures(Ticker ticker, EdgeSettings settings) {
        return new FailureLimit(ticker, settings.rejectedPerMinute());
    }
}
