package io.triport.gateway.backend;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.triport.domain.time.Ticker;
import io.triport.gateway.config.TargetSettings;
import io.triport.gateway.config.UpstreamSettings;
import io.triport.gateway.health.HealthCheck;
import io.triport.gateway.health.HttpQuestion;
import io.triport.gateway.metrics.TargetState;
import io.triport.gateway.pool.Names;
import io.triport.gateway.pool.Target;
import io.triport.gateway.upstream.Breaker;
import io.triport.gateway.upstream.BreakerSettings;
import io.triport.gateway.upstream.HealthJudge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the upstreams that settings name, keeping the state of every target that they name as before. Used by one thread at a time. */
public final class Backends {
    private final Names names;
    private final Ticker ticker;
    private final EventLoop asking;
    private Map<String, Backend> used = Map.of();

    /** @param asking where the questions for health are asked, which must not wait for requests */
    public Backends(Names names, Ticker ticker, EventLoop asking) {
        this.names = names;
        this.ticker = ticker;
        this.asking = asking;
    }

    /** The upstreams of newer settings, which do nothing until they are used. */
    public Map<String, Backend> over(Map<String, UpstreamSettings> settings) {
        var next = new HashMap<String, Backend>();
        settings.forEach((name, upstream) -> next.put(name, backend(upstream)));
        return Map.copyOf(next);
    }

    /** From now on these, and no more what was used before and is not among them. */
    public void use(Map<String, Backend> next) {
        var servers = new HashSet<Server>();
        next.values().forEach(backend -> servers.addAll(backend.servers()));
        next.values().forEach(Backend::start);
        used.values().forEach(backend -> backend.retire(servers));
        used = next;
    }

    /** What is to be shown of the targets that are used. */
    public List<TargetState> states() {
        return used.values().stream()
                .flatMap(backend -> backend.servers().stream()
                        .map(server -> new TargetState(
                                backend.settings().name(),
                                server.target().address().toString(),
                                () -> server.breaker().state().ordinal(),
                                () -> server.judge().healthy())))
                .toList();
    }

    private Backend backend(UpstreamSettings settings) {
        var before = used.get(settings.name());
        if (before != null && before.settings().equals(settings)) {
            return before;
        }
        var servers = new ArrayList<Server>();
        var tls = settings.targets().stream().anyMatch(TargetSettings::secure)
                ? settings.tls().context()
                : null;
        for (var address : settings.targets()) {
            servers.add(server(settings, address, address.secure() ? tls : null, before(before, address)));
        }
        return new Backend(settings, servers, ticker);
    }

    private static Optional<Server> before(@Nullable Backend before, TargetSettings address) {
        return before == null
                ? Optional.empty()
                : before.servers().stream()
                        .filter(server -> server.target().address().toString().equals(address.toString()))
                        .findFirst();
    }

    /** Goes on as it was where nothing but weights has changed, and what is known of it does where its rules are the same. */
    private Server server(
            UpstreamSettings settings, TargetSettings address, @Nullable SslContext tls, Optional<Server> before) {
        if (before.isPresent() && before.get().target().serves(settings)) {
            return before.get();
        }
        var known = before.filter(server -> server.target().judgedAs(settings));
        var judge = known.map(Server::judge).orElseGet(() -> judge(settings));
        return new Server(
                new Target(address, settings, tls, names, ticker),
                known.map(Server::breaker)
                        .orElseGet(() -> new Breaker(breaker(settings.breaker()), ticker, change -> {})),
                judge,
                check(settings, address, tls, judge));
    }

    private @Nullable HealthCheck check(
            UpstreamSettings settings, TargetSettings address, @Nullable SslContext tls, HealthJudge judge) {
        var health = settings.health();
        if (health == null) {
            return null;
        }
        var target = new Target(address, settings.asking(health), tls, names, ticker);
        return new HealthCheck(address.toString(), judge, health.every(), new HttpQuestion(target, health), asking);
    }

    private static HealthJudge judge(UpstreamSettings settings) {
        var health = settings.health();
        return health == null ? new HealthJudge(1, 1) : new HealthJudge(health.unhealthyAfter(), health.healthyAfter());
    }

    private static BreakerSettings breaker(UpstreamSettings.Breaker settings) {
        return new BreakerSettings(
                settings.failures(),
                settings.window(),
                settings.minRequests(),
                settings.errorRate(),
                settings.open(),
                settings.halfOpenProbes(),
                settings.closeAfter());
    }
}
