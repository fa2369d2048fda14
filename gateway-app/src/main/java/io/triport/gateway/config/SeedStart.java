package io.triport.gateway.config;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The start of the published worker: no file, but {@code JWT_SECRET} and {@code ROUTES} in the environment. They become the file
 * that says the same.
 */
final class SeedStart {
    static final String ROUTES = "ROUTES";
    static final String SECRET = "JWT_SECRET";

    private static final String FORM = "/path=http://host, more of them behind commas";

    private SeedStart() {}

    /**
     * What the variables mean as a section; empty when there are none.
     *
     * @param secret a reference to the secret for a start that has none in the environment
     * @throws ConfigError for routes that are not of their form, and for both a file with routes and the variable
     */
    static Optional<Section> read(Sources sources, Optional<String> secret) {
        var routes = sources.variable(ROUTES);
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        if (sources.root().has("routes")) {
            throw new ConfigError("environment", ROUTES, "set", "routes either there or in the file");
        }
        var reference =
                sources.variable(SECRET).map(set -> "${env:" + SECRET + "}").or(() -> secret);
        if (reference.isEmpty()) {
            throw new ConfigError("environment", SECRET, "missing", "the secret of 32 bytes or more that signs tokens");
        }
        return Optional.of(sources.root(ROUTES, ConfigFile.parse("environment", text(routes.get(), reference.get()))));
    }

    private static String text(String routes, String secret) {
        var upstreams = new StringBuilder("upstreams:\n");
        var entries = new StringBuilder("routes:\n");
        for (var pair : pairs(routes)) {
            var id = "route-" + (pair.number() + 1);
            upstreams.append("  %s: {targets: [{url: \"%s\"}]}%n".formatted(id, pair.url()));
            entries.append("""
                  - id: %1$s
                    match: {path: "%2$s"}
                    identity: [legacy]
                    rateLimit: [per-user]
                    path: {strip: "%2$s"}
                    upstream: %1$s
                """.formatted(id, pair.path()));
        }
        return """
            identity:
              legacy: {type: jwt, issuer: none, audience: none, algorithms: [HS256], secret: "%s"}
            rateLimits:
              per-user: {algorithm: sliding-window, limit: 100, window: 60s, key: [principal]}
            audit: {sink: sql}
            """.formatted(secret) + upstreams + entries;
    }

    private record Pair(int number, String path, URI url) {}

    private static List<Pair> pairs(String routes) {
        var pairs = new ArrayList<Pair>();
        for (var part : routes.split(",", -1)) {
            var between = part.indexOf('=');
            var path = between < 0 ? "" : part.substring(0, between).strip();
            if (!path.matches("/[A-Za-z0-9._~/-]*")) {
                throw new ConfigError("environment", ROUTES, part, FORM);
            }
            pairs.add(new Pair(
                    pairs.size(), path, url(part, part.substring(between + 1).strip())));
        }
        return pairs;
    }

    private static URI url(String part, String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() == null || text.chars().anyMatch(c -> c == '"' || c == '\\' || c <= ' ')) {
                throw new ConfigError("environment", ROUTES, part, FORM);
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new ConfigError("environment", ROUTES, part, FORM);
        }
    }
}
