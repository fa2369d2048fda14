package io.triport.identity.edge;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.tls.TlsSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What all apps are told about their edge.
 *
 * @param app the app's name, such as {@code kv-proxy}
 * @param maxBody the longest body of any route
 * @param listen the listener that flags and messages mean
 * @param more listeners beside the first
 */
public record EdgeSettings(
        String app,
        Listener listen,
        Listener management,
        String basePath,
        List<Cidr> trustedProxies,
        ByteSize maxBody,
        EdgeLimits limits,
        Stop stop,
        int rejectedPerMinute,
        List<Listener> more) {
    public EdgeSettings {
        trustedProxies = List.copyOf(trustedProxies);
        more = List.copyOf(more);
    }

    /** Those of an app with one listener. */
    public EdgeSettings(
            String app,
            Listener listen,
            Listener management,
            String basePath,
            List<Cidr> trustedProxies,
            ByteSize maxBody,
            EdgeLimits limits,
            Stop stop,
            int rejectedPerMinute) {
        this(app, listen, management, basePath, trustedProxies, maxBody, limits, stop, rejectedPerMinute, List.of());
    }

    /**
     * How the app ends.
     *
     * @param drainDelay how long the listeners stay open after a stop was asked for
     * @param lastReplies how long requests in flight may take after the listeners were closed
     */
    public record Stop(Duration drainDelay, Duration lastReplies) {
        static Stop read(Section stop) {
            return new Stop(
                    stop.value(
                            "drain-delay",
                            Value.duration(Duration.ZERO, Duration.ofSeconds(20)),
                            "2s",
                            "How long the listener stays open after a stop was asked for, while readiness is"
                                    + " false."),
                    stop.value(
                            "last-replies",
                            Value.duration(Duration.ZERO, Duration.ofMinutes(10)),
                            "25s",
                            "How long requests may take after the listener was closed."));
        }
    }

    /**
     * An address to listen on.
     *
     * @param name by which the operator knows it; empty where there is but one
     * @param port 0 for a free one
     * @param tls null where it speaks plain HTTP
     * @param proxied whether every connection is handed on by a proxy, with a header of the PROXY protocol in front
     * @param priorKnowledge whether clients may speak HTTP/2 without TLS, from the first byte; only an app that answers on the
     *     event loop has it
     */
    public record Listener(
            String name, String address, int port, @Nullable TlsSettings tls, boolean proxied, boolean priorKnowledge) {
        /** One that clients reach themselves, or through proxies of HTTP. */
        public Listener(String address, int port, @Nullable TlsSettings tls) {
            this("", address, port, tls, false, false);
        }

        /** One that speaks plain HTTP. */
        public Listener(String address, int port) {
            this(address, port, null);
        }

        /** The same on another port. */
        public Listener on(int otherPort) {
            return new Listener(name, address, otherPort, tls, proxied, priorKnowledge);
        }

        /** How it is called in logs and errors. */
        public String label() {
            return name.isEmpty() ? url() : name + " (" + url() + ")";
        }

        /** Where clients find it. */
        public String url() {
            var host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
            return (tls == null ? "http" : "https") + "://" + host + ":" + port;
        }
    }

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
        return read(app, port, managementPort, triport, maxBody, EdgeLimits.collecting(maxBody));
    }

    /** @param usual limits of the app where nothing is configured */
    public static EdgeSettings read(
            String app, int port, int managementPort, Section triport, ByteSize maxBody, EdgeLimits usual) {
        var listen = triport.section("listen");
        var management = triport.section("management");
        var limits = triport.section("limits");
        return new EdgeSettings(
                app,
                new Listener(
                        listen.value("address", Value.TEXT, "127.0.0.1", "Address that the app listens on."),
                        listen.value("port", PORT, Integer.toString(port), "Port of the app; 0 for a free one."),
                        TlsSettings.read(
                                        listen.section("tls"),
                                        TlsSettings.Spelling.KEBAB,
                                        List.of(TlsSettings.Protocol.HTTP_1_1))
                                .orElse(null)),
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
                new LimitReader(usual).read(limits, triport.section("timeouts")),
                Stop.read(triport.section("stop")),
                limits.value(
                        "rejected-credentials",
                        Value.integer(1, 1_000_000),
                        "60",
                        "Rejected credentials per minute and address before it is answered 429."));
    }

    /** The same with other addresses: the ports that were chosen for 0. */
    public EdgeSettings listening(UnaryOperator<Listener> chosen) {
        return new EdgeSettings(
                app,
                chosen.apply(listen),
                chosen.apply(management),
                basePath,
                trustedProxies,
                maxBody,
                limits,
                stop,
                rejectedPerMinute,
                more.stream().map(chosen).toList());
    }

    /** The listeners of the app by names that are ours, the first one first. */
    public Map<String, Listener> listeners() {
        var named = new LinkedHashMap<String, Listener>();
        named.put("first", listen);
        for (var listener : more) {
            named.put("more-" + named.size(), listener);
        }
        return named;
    }

    /** The listeners as the server's own settings have them. */
    public Map<String, Object> serverProperties() {
        var properties = new LinkedHashMap<String, Object>();
        listeners().forEach((name, listener) -> {
            var key = "micronaut.server.netty.listeners." + name + ".";
            properties.put(key + "host", listener.address());
            properties.put(key + "port", listener.port());
            if (listener.tls() != null) {
                properties.put(key + "ssl", true);
                properties.put(key + "key-name", NoKeyStore.NAME);
                properties.put("micronaut.server.ssl.enabled", true);
            }
        });
        return properties;
    }
}
