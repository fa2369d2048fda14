package io.triport.manager;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Desks;
import io.triport.identity.launch.Gates;
import io.triport.identity.launch.SystemTasks;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamEdge;
import io.triport.manager.access.Doorkeeper;
import io.triport.manager.access.GrantBook;
import io.triport.manager.access.Origins;
import io.triport.manager.automation.Pulses;
import io.triport.manager.credential.KeyIssue;
import io.triport.manager.namespace.ExistenceFirst;
import io.triport.manager.route.Repeats;
import io.triport.manager.route.RouteTable;
import io.triport.manager.route.Routes;
import io.triport.manager.signin.SignInRoutes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.function.BiPredicate;

/** Wires what the manager is made of. */
@Factory
@Requires(property = Manager.APP, value = Manager.NAME)
final class ManagerWiring {
    @Singleton
    GrantBook grants(AppConfig app, Storage storage, SystemTasks tasks, Ticker ticker, Pulses pulses) {
        var book = new GrantBook(storage, own(app).roles(), tasks, ticker);
        pulses.grants().does((grant, unit) -> book.refresh());
        return book;
    }

    @Singleton
    Doorkeeper door(
            AppConfig app,
            Gates gates,
            GrantBook grants,
            FailureLimit failures,
            RequestLog log,
            Clock clock,
            KeyIssue issue,
            Desks desks) {
        var config = own(app);
        var gate = gates.over(config.permitting(grants::permissions));
        return new Doorkeeper(gate, config.order(), grants, failures, log, clock, keyUsable(issue, desks));
    }

    /** Where no keys can be made there are none. */
    private static BiPredicate<String, InetAddress> keyUsable(KeyIssue issue, Desks desks) {
        if (issue.settings() == null) {
            return (id, from) -> false;
        }
        var keys = desks.apiKeys(issue.settings());
        return (id, from) -> keys.usableFrom(new ApiKeyId(id), from);
    }

    @Singleton
    RouteTable routes(List<Routes> all, ExistenceFirst existence) {
        return new RouteTable(all.stream()
                .flatMap(some -> some.routes().stream())
                .map(existence)
                .toList());
    }

    @Singleton
    ManagerApp app(
            EdgeSettings edge,
            RouteTable routes,
            Doorkeeper door,
            Origins origins,
            SignInRoutes sessions,
            BodyBudget budget,
            Storage storage,
            RequestLog log) {
        return new ManagerApp(edge.basePath(), routes, door, origins, sessions, budget, new Repeats(storage, log), log);
    }

    @Bean(preDestroy = "close")
    @Singleton
    StreamEdge edge(
            ManagerApp app,
            TakenOver binder,
            TrustedProxies proxies,
            RequestLog log,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        return new StreamEdge(app, new StreamEdge.Means(binder, proxies, log, clock, ticker, randomness));
    }

    private static ManagerConfig own(AppConfig config) {
        if (config instanceof ManagerConfig own) {
            return own;
        }
        throw new IllegalStateException("configuration: " + config + " (expected: that of the manager)");
    }
}
