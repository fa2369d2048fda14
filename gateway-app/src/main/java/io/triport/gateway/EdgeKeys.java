package io.triport.gateway;

import io.triport.domain.request.ByteSize;
import io.triport.gateway.config.FrontSettings;
import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.EdgeSettings;
import java.time.Duration;

/** The gateway's own keys for what all apps are told about their edge. */
final class EdgeKeys {
    /** A body is held to its pace; how long it is in all is the route's limit. */
    private static final Duration WHOLE_BODY = Duration.ofDays(1);

    private EdgeKeys() {}

    static EdgeSettings over(EdgeSettings shared, GatewaySettings settings) {
        var front = settings.front();
        var listeners = settings.addresses().listeners();
        return new EdgeSettings(
                shared.app(),
                listeners.getFirst(),
                settings.addresses().admin(),
                shared.basePath(),
                settings.client().trusted(),
                shared.maxBody(),
                limits(shared.limits(), front),
                new EdgeSettings.Stop(
                        front.timeouts().drainDelay(), front.timeouts().drain()),
                front.limits().rejectedPerMinute(),
                listeners.subList(1, listeners.size()));
    }

    /** @param others what the gateway has no keys for */
    static EdgeLimits limits(EdgeLimits others, FrontSettings front) {
        var limits = front.limits();
        var pace = front.timeouts().body();
        var body = others.body();
        return new EdgeLimits(
                limits.head(),
                new EdgeLimits.Body(
                        body.declared(),
                        limits.chunkExtension(),
                        limits.trailers(),
                        body.streamed(),
                        limits.heldBodies()),
                front.timeouts().patience(),
                new EdgeLimits.Pace(WHOLE_BODY, pace.idle(), ByteSize.ofBytes(pace.perSecond()), pace.grace()),
                limits.connections(),
                limits.work(),
                limits.streams());
    }
}
