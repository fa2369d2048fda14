package io.triport.identity.socket;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.Takeover;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.edge.AddedMechanisms;
import io.triport.identity.edge.Door;
import io.triport.identity.edge.EdgeAnswers;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamEdge;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Wires the WebSockets of an app that has some. */
@Factory
@Requires(beans = SocketRoutes.class)
final class SocketFactory {
    /** @param added null for an app that adds none */
    @Singleton
    SocketApp app(
            SocketRoutes routes,
            EdgeSettings settings,
            @Nullable AddedMechanisms added,
            Door door,
            Storage storage,
            EdgeAnswers answers,
            TakenOver binder,
            RequestLog log,
            Drain drain,
            Clock clock) {
        return new SocketApp(
                routes,
                added == null ? AddedMechanisms.NONE : added,
                settings.basePath(),
                door,
                storage,
                answers,
                binder,
                log,
                drain,
                clock);
    }

    @Bean(preDestroy = "close")
    @Singleton
    StreamEdge edge(
            SocketApp app,
            TakenOver binder,
            TrustedProxies proxies,
            RequestLog log,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var means = new StreamEdge.Means(binder, proxies, log, clock, ticker, randomness);
        return new StreamEdge(app, means, Takeover.Reach.SOCKETS);
    }
}
