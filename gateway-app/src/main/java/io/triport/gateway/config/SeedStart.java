package io.triport.gateway.config;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigNode;
import io.triport.identity.config.ConfigNode.Listing;
import io.triport.identity.config.ConfigNode.Mapping;
import io.triport.identity.config.ConfigNode.Scalar;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The start by two variables alone, as the published worker had it: {@code JWT_SECRET} for tokens, and {@code ROUTES} such as
 * {@code /api/v1/users=https://users.internal,...}.
 */
public final class SeedStart {
    private static final String SECRET = "JWT_SECRET";
    private static final String ROUTES = "ROUTES";
    private static final String ORIGIN = "environment " + ROUTES;

    private SeedStart() {}

    /**
     * The configuration that the variables mean; empty when there is a file with routes, or no variable.
     *
     * @param otherSecret a reference to the secret to take where {@code JWT_SECRET} is not set
     * @throws ConfigError when there is a secret without routes, or routes without a secret
     */
    public static Optional<Section> read(Sources sources, Optional<String> otherSecret) {
        var root = sources.root();
        var routes = sources.variable(ROUTES);
        var secret =
                sources.variable(SECRET).map(set -> "${env:" + SECRET + "}").or(() -> otherSecret);
        if (root.has("routes") || routes.isEmpty() && sources.variable(SECRET).isEmpty() && otherSecret.isEmpty()) {
            return Optional.empty();
        }
        if (routes.isEmpty()) {
            throw new ConfigError("environment", ROUTES, "not set", "/path=http://host,... beside " + SECRET);
        }
        if (secret.isEmpty()) {
            throw new ConfigError("environment", SECRET, "not set", "the secret of tokens, beside " + ROUTES);
        }
        return Optional.of(sources.root("", tree(routes.get(), secret.get())));
    }

    private static Mapping tree(String routes, String secret) {
        var upstreams = new LinkedHashMap<String, ConfigNode>();
        var entries = new ArrayList<ConfigNode>();
        for (var part : routes.split(",", -1)) {
            var entry = part.strip();
            var equals = entry.indexOf('=');
            if (equals < 1) {
                throw new ConfigError("environment", ROUTES, entry, "/path=http://host,...");
            }
            var name = "route-" + (entries.size() + 1);
            var path = entry.substring(0, equals).strip();
            upstreams.put(
                    name,
                    map(
                            "targets",
                            list(map("url", text(entry.substring(equals + 1).strip())))));
            entries.add(
                    route(name, path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
        }
        return map(
                "identity",
                map("seed", seed(secret)),
                "rateLimits",
                map(
                        "per-user",
                        map(
                                "algorithm", text("sliding-window"),
                                "limit", text("100"),
                                "window", text("60s"),
                                "key", list(text("principal")))),
                "upstreams",
                new Mapping(ORIGIN, upstreams),
                "routes",
                new Listing(ORIGIN, entries));
    }

    private static Mapping seed(String secret) {
        return map(
                "type", text("jwt"),
                "issuer", text("none"),
                "audience", text("none"),
                "secret", text(secret),
                "algorithms", list(text("HS256")));
    }

    private static Mapping route(String name, String path) {
        return map(
                "id", text(name),
                "match", map("path", text(path)),
                "identity", list(text("seed")),
                "rateLimit", list(text("per-user")),
                "path", map("strip", text(path)),
                "upstream", text(name));
    }

    /** @param parts keys and values in turn */
    private static Mapping map(Object... parts) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (var i = 0; i < parts.length; i += 2) {
            entries.put((String) parts[i], (ConfigNode) parts[i + 1]);
        }
        return new Mapping(ORIGIN, entries);
    }

    private static Listing list(ConfigNode item) {
        return new Listing(ORIGIN, List.of(item));
    }

    private static Scalar text(String text) {
        return new Scalar(ORIGIN, text, true);
    }
}
