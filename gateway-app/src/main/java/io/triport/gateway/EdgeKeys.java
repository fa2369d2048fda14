package io.triport.gateway;

import io.triport.domain.request.ByteSize;
import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.EdgeSettings;
import java.time.Duration;

/** The gateway's own keys for what all apps are told about their edge. */
final class EdgeKeys {
    /*
     * Places
     *
     * A place is held until the first byte of an answer, which here is a matter of upstreams. Each of them has a bound of its
     * own, so the common one must not be the narrower: a slow upstream would take the places of the others.
     */
    private static final EdgeLimits.Work WORK = new EdgeLimits.Work(1_024, 1_024, 10_000, Duration.ofMillis(50));

    /** A body is held to its pace; how long it is in all is the route's limit. */
    private static final Duration WHOLE_BODY = Duration.ofDays(1);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private EdgeKeys() {}

    static EdgeSettings over(EdgeSettings shared, GatewaySettings settings) {
        var front = settings.front();
        var limits = front.limits();
        var timeouts = front.timeouts();
        var defaults = shared.limits();
        return new EdgeSettings(
                shared.app(),
                settings.addresses().listeners().getFirst(),
                settings.addresses().admin(),
                shared.basePath(),
                settings.client().trusted(),
                shared.maxBody(),
                new EdgeLimits(
                        new EdgeLimits.Head(
                                limits.requestLine(),
                                limits.headerBytes(),
                                limits.headerCount(),
                                defaults.head().parameters()),
                        defaults.body(),
                        new EdgeLimits.Patience(
                                timeouts.head(),
                                timeouts.head(),
                                timeouts.keepAlive(),
                                defaults.patience().stalledReply()),
                        new EdgeLimits.Pace(
                                WHOLE_BODY, timeouts.bodyIdle(), ByteSize.ofBytes(timeouts.bodyRate()), GRACE),
                        new EdgeLimits.Connections(
                                limits.connections(),
                                limits.perAddress(),
                                defaults.connections().requests()),
                        WORK),
                new EdgeSettings.Stop(timeouts.drainDelay(), timeouts.drain()),
                limits.rejectedPerMinute(),
                settings.addresses()
                        .listeners()
                        .subList(1, settings.addresses().listeners().size()));
    }
}
