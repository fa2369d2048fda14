package io.triport.gateway.backend;

import io.triport.domain.time.Ticker;
import io.triport.gateway.config.TargetSettings;
import io.triport.gateway.config.UpstreamSettings;
import io.triport.gateway.upstream.Balancer;
import io.triport.gateway.upstream.Choice;
import io.triport.gateway.upstream.RetryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An upstream at work: its servers, and what decides among them. Safe for many threads. */
public final class Backend {
    private static final int WHOLE = 100;

    private final UpstreamSettings settings;
    private final List<Server> servers;
    private final Balancer<Server> balancer;
    private final RetryBudget budget;

    Backend(UpstreamSettings settings, List<Server> servers, Ticker ticker) {
        this.settings = settings;
        this.servers = List.copyOf(servers);
        var choices = new ArrayList<Choice<Server>>();
        for (var server : servers) {
            TargetSettings address = server.target().address();
            if (address.weight() > 0) {
                choices.add(new Choice<>(server, address.toString(), address.weight()));
            }
        }
        this.balancer = switch (settings.balance()) {
            case ROUND_ROBIN -> Balancer.roundRobin(choices);
            case LEAST_REQUESTS -> Balancer.leastRequests(choices, Server::underWay);
            case CONSISTENT_HASH -> Balancer.consistentHash(choices);
        };
        this.budget = new RetryBudget((int) Math.round(settings.retry().budget() * WHOLE), ticker);
    }

    public UpstreamSettings settings() {
        return settings;
    }

    List<Server> servers() {
        return servers;
    }

    public RetryBudget budget() {
        return budget;
    }

    /** A server that takes a request now: a fresh one where there is one. @param tried by earlier attempts */
    public Optional<Server> choose(String key, Set<Server> tried) {
        var fresh = tried.isEmpty()
                ? Optional.<Server>empty()
                : balancer.choose(server -> usable(server) && !tried.contains(server), key);
        if (fresh.isPresent()) {
            return fresh;
        }
        var any = balancer.choose(this::usable, key);
        if (any.isPresent() || !settings.panic()) {
            return any;
        }
        return balancer.choose(server -> server.breaker().wouldPass(), key);
    }

    /** Whether a server that has not had the request would take it. */
    public boolean hasOther(Set<Server> tried) {
        return servers.stream().anyMatch(server -> usable(server) && !tried.contains(server));
    }

    private boolean usable(Server server) {
        return server.judge().healthy() && server.breaker().wouldPass();
    }

    /** When a server may take requests again. */
    public Duration retryAfter() {
        return servers.stream()
                .filter(server -> server.judge().healthy())
                .map(server -> server.breaker().retryAfter())
                .min(Duration::compareTo)
                .orElse(
                        settings.health() == null
                                ? Duration.ofSeconds(1)
                                : settings.health().every());
    }

    /** Takes requests from now on. */
    void start() {
        servers.forEach(Server::start);
    }

    /** Ends what it keeps open and no newer upstream uses. */
    void retire(Set<Server> stillUsed) {
        for (var server : servers) {
            if (!stillUsed.contains(server)) {
                server.retire();
            }
        }
    }
}
