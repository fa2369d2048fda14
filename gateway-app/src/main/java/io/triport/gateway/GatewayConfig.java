package io.triport.gateway;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.SeedStart;
import io.triport.gateway.problem.ProblemShape;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.StartMode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One reading of the gateway's file, and the way by which a newer one gets to what runs. */
final class GatewayConfig implements AppConfig {
    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);

    /** What the gateway calls otherwise than the other apps. */
    private static final Map<String, String> OWN_KEYS = Map.of(
            "listen", "listen",
            "management", "admin",
            "trusted-proxies", "trustedProxies",
            "limits", "limits",
            "timeouts", "timeouts",
            "stop", "timeouts.drainDelay",
            "traces", "traces");

    private static final int SECRET_BYTES = 32;

    private final GatewaySettings settings;
    private final List<String> ready;
    private final AtomicReference<Consumer<GatewaySettings>> running = new AtomicReference<>(newer -> {});

    private GatewayConfig(GatewaySettings settings, List<String> ready) {
        this.settings = settings;
        this.ready = List.copyOf(ready);
    }

    static GatewayConfig read(Section triport, Sources sources, StartMode mode) {
        for (var own : OWN_KEYS.entrySet()) {
            if (triport.has(own.getKey())) {
                throw triport.error(own.getKey(), "in the shared section", "the gateway's own key, " + own.getValue());
            }
        }
        var development = mode.credentials() == StartMode.Credentials.DEVELOPMENT
                        && sources.variable("JWT_SECRET").isEmpty()
                        && !sources.root().has("routes")
                ? Optional.of(DevelopmentSecret.in(mode, "gateway", GatewayConfig::freshSecret))
                : Optional.<DevelopmentSecret>empty();
        var reference = development.map(secret -> "${file:" + secret.file() + "}");
        var root = SeedStart.read(sources, reference).orElseGet(sources::root);
        var ready = development.map(secret -> "secret-file=" + secret.file()).stream()
                .toList();
        return new GatewayConfig(GatewaySettings.read(root, sources, mode.credentials()), ready);
    }

    private static String freshSecret() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Randomness.system().bytes(SECRET_BYTES));
    }

    GatewaySettings settings() {
        return settings;
    }

    /** @param follower takes over newer settings, or throws and changes nothing */
    void runs(Consumer<GatewaySettings> follower) {
        running.set(follower);
    }

    @Override
    public ByteSize maxBody() {
        return ByteSize.ofMiB(1);
    }

    @Override
    public EdgeSettings edge(EdgeSettings shared) {
        return EdgeKeys.over(shared, settings);
    }

    @Override
    public Duration nonceWindow() {
        return NONCE_WINDOW;
    }

    @Override
    public Duration nonceMemory() {
        return NONCE_MEMORY;
    }

    @Override
    public ErrorShape errors() {
        return new ProblemShape(settings.front().compat().plainJson());
    }

    /** None for the shared gate: the gateway makes its own from its file. */
    @Override
    public Set<PlannedMechanism> mechanisms() {
        return Set.of();
    }

    @Override
    public List<PlannedMechanism> planned() {
        return settings.identity().values().stream()
                .flatMap(mechanism -> mechanism.planned().stream())
                .toList();
    }

    @Override
    public void adopt(AppConfig newer) {
        if (newer instanceof GatewayConfig config) {
            running.get().accept(config.settings);
        }
    }

    @Override
    public Optional<String> hash() {
        return Optional.of(settings.hash());
    }

    @Override
    public List<MechanismName> administrators() {
        return settings.administrators();
    }

    @Override
    public List<String> adoptable() {
        return List.of(
                "admin.identity",
                "trustedProxies",
                "clientIp",
                "limits.requestLine",
                "limits.headerBytes",
                "limits.headerCount",
                "limits.queryParameters",
                "limits.chunkExtension",
                "limits.trailers",
                "limits.body",
                "limits.connections",
                "limits.perIpConnections",
                "limits.requestsPerConnection",
                "limits.http2",
                "limits.strictHeaderNames",
                "limits.rejectedCredentials",
                "timeouts",
                "identity",
                "signer",
                "rateLimits",
                "policies",
                "upstreams",
                "routes",
                "cors",
                "compat",
                "securityHeaders");
    }

    @Override
    public List<String> replaced() {
        return List.copyOf(OWN_KEYS.keySet());
    }

    @Override
    public List<String> warnings() {
        return settings.warnings();
    }

    @Override
    public List<String> explained() {
        return settings.routes().stream()
                .map(route -> new RouteLine(route, settings).text())
                .toList();
    }

    @Override
    public List<String> ready() {
        return ready;
    }
}
