package io.triport.identity.edge;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import java.time.Duration;
import java.util.List;

/**
 * What all apps are told about their edge.
 *
 * @param app the app's name, such as {@code kv-proxy}
 * @param maxBody the longest body of any route
 * @param drainDelay how long the listener stays open after a stop was asked for
 */
public record EdgeSettings(
        String app,
        Listener listen,
        Listener management,
        String basePath,
        List<Cidr> trustedProxies,
        ByteSize maxBody,
        EdgeLimits limits,
        Duration drainDelay,
        int rejectedPerMinute) {
    /** An address to listen on. @param port 0 for a free one */
    public record Listener(String address, int port) {}

    private static final Value<Integer> PORT = Value.integer(0, 65_535);
    private static final Value<String> BASE_PATH =
            Value.matching("|(/[A-Za-z0-9._~-]+)+", "empty, or /name without a slash at the end");

    /** Everybody as a proxy would let each client name its own address. */
    private static final Value<Cidr> PROXIES =
            new Value<>("a block of addresses such as 192.0.2.0/24, not all", text -> {
                var block = Cidr.parse(text);
                if (block.length() == 0) {
                    throw new IllegalArgumentException(text);
                }
                return block;
            });

    /** The path in front of all routes, empty for none. */
    public static String basePath(Section triport) {
        return triport.section("listen").value("base-path", BASE_PATH, "", "Path in front of all routes of the app.");
    }

    /** @param maxBody decided by the app, whose protocol names it */
    public static EdgeSettings read(String app, int port, int managementPort, Section triport, ByteSize maxBody) {
        var listen = triport.section("listen");
        var management = triport.section("management");
        var limits = triport.section("limits");
        return new EdgeSettings(
                app,
                new Listener(
                        listen.value("address", Value.TEXT, "127.0.0.1", "Address that the app listens on."),
                        listen.value("port", PORT, Integer.toString(port), "Port of the app; 0 for a free one.")),
                new Listener(
                        management.value("address", Value.TEXT, "127.0.0.1", "Address of the management port."),
                        management.value(
                                "port",
                                PORT,
                                Integer.toString(managementPort),
                                "Port for health, readiness, metrics and the configuration dump; 0 for a free one.")),
                basePath(triport),
                triport.list("trusted-proxies", PROXIES, "Peers whose X-Forwarded-For is believed."),
                maxBody,
                limits(limits, maxBody),
                triport.section("stop")
                        .value(
                                "drain-delay",
                                Value.duration(Duration.ZERO, Duration.ofSeconds(20)),
                                "2s",
                                "How long the listener stays open after a stop was asked for, while readiness is"
                                        + " false."),
                limits.value(
                        "rejected-credentials",
                        Value.integer(1, 1_000_000),
                        "60",
                        "Rejected credentials per minute and address before it is answered 429."));
    }

    /** The same with the ports that were chosen for 0. */
    public EdgeSettings listening(Listener onApp, Listener onManagement) {
        return new EdgeSettings(
                app, onApp, onManagement, basePath, trustedProxies, maxBody, limits, drainDelay, rejectedPerMinute);
    }

    private static EdgeLimits limits(Section section, ByteSize maxBody) {
        var defaults = EdgeLimits.collecting(maxBody);
        var connections = section.value(
                "connections", Value.integer(1, 1_000_000), "10000", "Open connections of the app's port.");
        var perAddress = section.value(
                "per-ip-connections",
                Value.integer(1, connections),
                Integer.toString(Math.min(256, connections)),
                "Open connections of one IPv4 address or one IPv6 /64.");
        var headerBytes = section.value(
                "header-bytes",
                Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(256)),
                "32KiB",
                "Bytes of all header fields together.");
        var head = defaults.head();
        return new EdgeLimits(
                new EdgeLimits.Head(head.requestLine(), headerBytes, head.fields(), head.parameters()),
                defaults.body(),
                defaults.patience(),
                defaults.pace(),
                new EdgeLimits.Connections(
                        connections, perAddress, defaults.connections().requests()),
                defaults.work());
    }
}
