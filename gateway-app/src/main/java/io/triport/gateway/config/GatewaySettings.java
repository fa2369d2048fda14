package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.StoreLoss;
import io.triport.gateway.audit.AuditSettings;
import io.triport.gateway.route.Routes;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Setting;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.StartMode;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.policy.PolicyReader;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.signer.SignerSettings;
import io.triport.identity.trace.TraceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file of the gateway, read and right: every name that it uses is defined in it.
 *
 * @param signer in whose name assertions are signed; null where none are
 * @param traces null for none
 * @param metrics null where nobody is told of them
 * @param hash tells it apart from others, in audit records too
 */
public record GatewaySettings(
        AddressSettings addresses,
        ClientSettings client,
        FrontSettings front,
        Map<String, MechanismSettings> identity,
        @Nullable SignerSettings signer,
        Map<String, NamedLimit> limits,
        Map<String, UpstreamSettings> upstreams,
        List<RouteSettings> routes,
        AuditSettings audit,
        @Nullable TraceSettings traces,
        @Nullable MetricSettings metrics,
        List<String> warnings,
        String hash) {
    /** Where clients are listened to when nothing is configured. */
    public static final int PORT = 8804;

    /** The management port when nothing is configured. */
    public static final int ADMIN_PORT = 8814;

    public GatewaySettings {
        identity = new LinkedHashMap<>(identity);
        limits = new LinkedHashMap<>(limits);
        upstreams = new LinkedHashMap<>(upstreams);
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
    }

    /** @param root what has the gateway's own keys. @throws ConfigError for the first thing that is wrong */
    public static GatewaySettings read(Section root, Sources sources) {
        return read(root, sources, StartMode.Credentials.CONFIGURED);
    }

    /** @param credentials those for development let browsers have sessions over plain HTTP */
    public static GatewaySettings read(Section root, Sources sources, StartMode.Credentials credentials) {
        var addresses = AddressSettings.read(root, sources, PORT, ADMIN_PORT);
        var client = ClientSettings.read(root);
        var front = FrontSettings.read(root);
        var identity = root.named("identity", new MechanismReader(sessions(addresses, credentials))::read);
        var signer = root.has("signer") ? SignerSettings.read(root.section("signer")) : null;
        IdentityRules.check(root, identity, signer);
        administrators(root.section("admin"), addresses, identity);
        var limits = root.named("rateLimits", NamedLimit::read);
        var upstreams = root.named("upstreams", UpstreamSettings::read);
        var policies = PolicyReader.readAll(root.section("policies"));
        var cors = root.has("cors") ? CorsSettings.read(root.section("cors")) : null;
        var routes = new ArrayList<RouteSettings>();
        var ids = new HashSet<String>();
        for (var section : root.sections("routes")) {
            var route = RouteSettings.read(section, front.limits().body(), policies, cors);
            if (!ids.add(route.id())) {
                throw section.error("id", route.id(), "an id that no other route has");
            }
            defined(section, "identity", route.identity(), identity);
            IdentityRules.check(section, route, identity, signer);
            defined(section, "rateLimit", route.limits(), limits);
            affordable(section, route, limits);
            defined(section, "upstream", List.of(route.upstream()), upstreams);
            if (route.webSocket() && route.cors() == null) {
                throw section.error(
                        "upgrade", "websocket", "cors.origins beside it, which say whose pages may connect");
            }
            routes.add(route);
        }
        if (routes.isEmpty()) {
            throw new ConfigError(root.origin(), "routes", "none", "at least one route");
        }
        var warnings = new ArrayList<String>();
        overlaps(root, routes, warnings);
        warn(routes, identity, limits, upstreams, warnings);
        var audit = AuditSettings.read(root.section("audit"));
        var traces = TraceSettings.read(root);
        return new GatewaySettings(
                addresses,
                client,
                front,
                identity,
                signer,
                limits,
                upstreams,
                routes,
                audit,
                traces,
                MetricSettings.read(root),
                warnings,
                Setting.digest(sources.told()));
    }

    private static SessionSettings.Transport sessions(AddressSettings addresses, StartMode.Credentials credentials) {
        var plain = addresses.listeners().stream().allMatch(listener -> listener.tls() == null);
        return plain && credentials == StartMode.Credentials.DEVELOPMENT
                ? SessionSettings.Transport.PLAIN
                : SessionSettings.Transport.TLS;
    }

    private static void administrators(
            Section admin, AddressSettings addresses, Map<String, MechanismSettings> identity) {
        defined(admin, "identity", addresses.administrators(), identity);
        for (var name : addresses.administrators()) {
            var mechanism = identity.get(name);
            if (mechanism != null && mechanism.everybody()) {
                throw admin.error("identity", name, "mechanisms that need a credential");
            }
        }
        if (addresses.administrators().stream().distinct().count()
                < addresses.administrators().size()) {
            throw admin.error("identity", addresses.administrators().toString(), "each mechanism once");
        }
    }

    /** To the gate: by which mechanisms somebody may change something through the management port. */
    public List<MechanismName> administrators() {
        return addresses.administrators().stream()
                .map(identity::get)
                .filter(Objects::nonNull)
                .map(MechanismSettings::mechanism)
                .toList();
    }

    private static void defined(Section section, String key, List<String> names, Map<String, ?> definitions) {
        for (var name : names) {
            if (!definitions.containsKey(name)) {
                throw section.error(key, name, "one of " + new TreeSet<>(definitions.keySet()));
            }
        }
    }

    /** More than there ever is nobody could take. */
    private static void affordable(Section section, RouteSettings route, Map<String, NamedLimit> limits) {
        if (route.cost() > 0 && route.limits().isEmpty()) {
            throw section.error("cost", Long.toString(route.cost()), "rateLimit beside it");
        }
        for (var name : route.limits()) {
            var limit = limits.get(name);
            if (limit != null && route.cost() > limit.limit().burst()) {
                throw section.error("cost", Long.toString(route.cost()), "at most limit " + name + ", or its burst");
            }
        }
    }

    private static void overlaps(Section root, List<RouteSettings> routes, List<String> warnings) {
        var sections = new HashMap<String, Section>();
        var parts = root.sections("routes");
        for (var i = 0; i < routes.size(); i++) {
            sections.put(routes.get(i).id(), parts.get(i));
        }
        var entries = routes.stream()
                .map(route -> new Routes.Entry<>(route.id(), route.match(), route))
                .toList();
        Routes.of(
                entries,
                same -> {
                    throw sections.getOrDefault(same.loser(), root)
                            .error("match", "the same as that of route " + same.winner(), "a match of its own");
                },
                shadowed -> warnings.add("route " + shadowed.loser() + " is never taken: " + shadowed.winner()
                        + " takes all of its requests"));
    }

    private static void warn(
            List<RouteSettings> routes,
            Map<String, MechanismSettings> identity,
            Map<String, NamedLimit> limits,
            Map<String, UpstreamSettings> upstreams,
            List<String> warnings) {
        for (var route : routes) {
            if (route.identity().stream().map(identity::get).anyMatch(found -> found != null && found.everybody())) {
                warnings.add("route " + route.id() + " is public: it needs no credential");
            }
        }
        for (var limit : limits.values()) {
            if (limit.limit().storeLoss() == StoreLoss.ALLOW) {
                warnings.add("limit " + limit.name() + " does not limit while its store is away");
            }
        }
        for (var upstream : upstreams.values()) {
            if (!upstream.tls().verifyHost()) {
                warnings.add("upstream " + upstream.name() + " does not verify that a certificate is for its host");
            }
        }
    }
}
