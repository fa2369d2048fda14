package io.triport.objects;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SessionTokens;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.sigv4.SigV4Settings;
import io.triport.objects.config.Development;
import io.triport.objects.config.LiveProvider;
import io.triport.objects.config.ProviderReader;
import io.triport.objects.config.Providers;
import io.triport.objects.config.StoredSettings;
import io.triport.objects.serve.RateLimits;
import io.triport.objects.serve.S3App;
import io.triport.objects.serve.S3Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The object proxy's settings: its file, or {@code PROXY_CONFIG} and the other variables of the proxy that it stands in for. */
final class ObjectProxyConfig implements AppConfig {
    private static final String PROXY_CONFIG = "PROXY_CONFIG";
    private static final ByteSize LONGEST = ByteSize.ofBytes(ObjectLimits.PUT_BYTES);
    /** Of the pages that the server answers itself; what streams is bounded where it is stored. */
    private static final ByteSize LONGEST_OF_PAGES = ByteSize.ofMiB(1);
    /** A presigned address carries a session token. */
    private static final ByteSize REQUEST_LINE = ByteSize.ofKiB(16);

    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);
    private static final Value<String> REGION =
            Value.matching("[a-z0-9-]{1,32}", "1..32 of a-z, 0-9 and -, such as eu-central-1");
    private static final Value<String> DOMAIN =
            Value.matching("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", "a host name such as s3.example.com");

    private final Endpoint endpoint;
    private final Providers providers;
    private final @Nullable StoredSettings stored;
    private final List<String> warnings;
    private final List<String> ready;

    private ObjectProxyConfig(
            Endpoint endpoint,
            Providers providers,
            @Nullable StoredSettings stored,
            List<String> warnings,
            List<String> ready) {
        this.endpoint = endpoint;
        this.providers = providers;
        this.stored = stored;
        this.warnings = List.copyOf(warnings);
        this.ready = List.copyOf(ready);
    }

    /** How the endpoint presents itself. */
    record Endpoint(String region, List<String> domains, S3App.Site.Timing timing, Duration skew) {}

    static ObjectProxyConfig read(Section triport, Sources sources, StartMode mode, Randomness randomness) {
        refuseUnbuilt(sources);
        var endpoint = endpoint(triport.section("objects"), sources);
        var stored = StoredSettings.read(triport.section("objects"));
        var document = sources.document(PROXY_CONFIG);
        var root = document.orElse(sources.root());
        if (document.isPresent() && sources.root().has("buckets")) {
            throw sources.root().error("buckets", "buckets in the file and in " + PROXY_CONFIG, "one of the two");
        }
        var reader = new ProviderReader(document.isPresent() ? ProviderReader.Form.PUBLISHED : ProviderReader.Form.OWN);
        var provided = reader.read(root);
        document.ifPresent(Section::refuseUnknown);
        if (!provided.roles().isEmpty()) {
            throw root.error("roles", "given", "none, for sessions are not built yet");
        }
        var ready = new ArrayList<String>();
        if (provided.keys().isEmpty() && mode.credentials() == StartMode.Credentials.DEVELOPMENT) {
            provided = Development.in(mode, randomness).added(provided, ready);
        }
        if (!provided.opensAnything()) {
            sources.root().refuseUnknown();
            throw new ConfigError(
                    root.origin(),
                    "credentials",
                    "no identity configured",
                    "credentials here or in " + PROXY_CONFIG
                            + ", a bucket with anonymous_access, or --dev for a development key");
        }
        return new ObjectProxyConfig(
                endpoint, new Providers(new LiveProvider(provided)), stored.orElse(null), reader.warnings(), ready);
    }

    private static void refuseUnbuilt(Sources sources) {
        for (var name : List.of("SESSION_TOKEN_KEY", "OIDC_PROVIDER_KEY", "OIDC_PROVIDER_ISSUER", "BANDWIDTH_QUOTAS")) {
            if (sources.variable(name).isPresent()) {
                throw new ConfigError("environment " + name, name, "set", "not to be set, for it is not built yet");
            }
        }
    }

    private static Endpoint endpoint(Section objects, Sources sources) {
        var region = objects.value("region", REGION, "us-east-1", "The region that signatures name.");
        var domains = new ArrayList<>(objects.list(
                "virtual-host-domains", DOMAIN, "Hosts of which each bucket is one; or VIRTUAL_HOST_DOMAIN."));
        sources.variable("VIRTUAL_HOST_DOMAIN").ifPresent(text -> {
            for (var part : text.split(",", -1)) {
                try {
                    domains.add(DOMAIN.parser().apply(part.strip()));
                } catch (IllegalArgumentException e) {
                    throw new ConfigError(
                            "environment VIRTUAL_HOST_DOMAIN", "VIRTUAL_HOST_DOMAIN", part, DOMAIN.expectation());
                }
            }
        });
        var timing = objects.value("server-timing", Value.SWITCH, "true", "Whether answers have Server-Timing.");
        var skew = objects.value(
                "clock-skew",
                Value.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                "15m",
                "The largest distance between a request's time and the clock.");
        return new Endpoint(
                region,
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList(),
                timing ? S3App.Site.Timing.SHOWN : S3App.Site.Timing.LEFT_OUT,
                skew);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Providers providers() {
        return providers;
    }

    /** Null where the configuration file is all there is. */
    @Nullable
    StoredSettings stored() {
        return stored;
    }

    RateLimits limits() {
        return providers.file().limits();
    }

    /** How requests are signed here. */
    PlannedMechanism signing() {
        return state -> new SigV4Mechanism(SigV4Mechanism.NAME, signatures(), keys(), SessionTokens.NONE, guard(state));
    }

    /** How forms of browsers are. */
    PlannedMechanism forms() {
        return state -> new PostPolicyMechanism(
                PostPolicyMechanism.NAME, signatures(), keys(), SessionTokens.NONE, guard(state));
    }

    private AccessKeys keys() {
        return providers;
    }

    private static RevocationGuard guard(IdentityState state) {
        return new RevocationGuard(state.revocations(), RevocationRule.SOFT);
    }

    private SigV4Settings signatures() {
        var standard = SigV4Settings.s3(endpoint.region());
        return new SigV4Settings(
                standard.service(),
                standard.regions(),
                endpoint.skew(),
                standard.normalisation(),
                standard.payload(),
                standard.token(),
                standard.mostChunk());
    }

    @Override
    public ByteSize maxBody() {
        return LONGEST_OF_PAGES;
    }

    @Override
    public EdgeSettings edge(EdgeSettings shared) {
        var limits = shared.limits();
        var head = new EdgeLimits.Head(
                REQUEST_LINE,
                limits.head().section(),
                limits.head().fields(),
                limits.head().parameters());
        return new EdgeSettings(
                shared.app(),
                shared.listen(),
                shared.management(),
                shared.basePath(),
                shared.trustedProxies(),
                shared.maxBody(),
                new EdgeLimits(
                        head,
                        limits.body(),
                        limits.patience(),
                        EdgeLimits.Pace.collecting(LONGEST),
                        limits.connections(),
                        limits.work()),
                shared.drainDelay(),
                shared.rejectedPerMinute(),
                shared.more());
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
        return new S3Shape();
    }

    @Override
    public Set<PlannedMechanism> mechanisms() {
        return Set.of();
    }

    @Override
    public List<Object> beans() {
        return List.of(providers.bindings());
    }

    @Override
    public List<Recurring> tasks() {
        return List.of();
    }

    @Override
    public void adopt(AppConfig newer) {
        if (newer instanceof ObjectProxyConfig config) {
            providers.follow(config.providers.file().now());
        }
    }

    @Override
    public List<String> adoptable() {
        return List.of("buckets", "credentials", "roles", "rate_limits", PROXY_CONFIG);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public List<String> explained() {
        return providers.file().now().explained();
    }

    @Override
    public List<String> ready() {
        return ready;
    }
}
