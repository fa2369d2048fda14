package io.triport.objects;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.object.Backend;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.identity.sts.StsSettings;
import io.triport.objects.config.Development;
import io.triport.objects.config.Federation;
import io.triport.objects.config.LiveProvider;
import io.triport.objects.config.OidcProvider;
import io.triport.objects.config.Provided;
import io.triport.objects.config.ProviderReader;
import io.triport.objects.config.Providers;
import io.triport.objects.config.QuotaReader;
import io.triport.objects.config.SessionKeyReader;
import io.triport.objects.config.StoredSettings;
import io.triport.objects.quota.QuotaObject;
import io.triport.objects.quota.QuotaTask;
import io.triport.objects.quota.Quotas;
import io.triport.objects.serve.RateLimits;
import io.triport.objects.serve.S3App;
import io.triport.objects.serve.S3Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The object proxy's settings: its file, or {@code PROXY_CONFIG} and the other variables of the proxy that it stands in for. */
final class ObjectProxyConfig implements AppConfig {
    private static final String PROXY_CONFIG = "PROXY_CONFIG";
    private static final String BANDWIDTH_QUOTAS = "BANDWIDTH_QUOTAS";
    private static final ByteSize LONGEST = ByteSize.ofBytes(ObjectLimits.PUT_BYTES);
    /** Of the pages that the server answers itself; what streams is bounded where it is stored. */
    private static final ByteSize LONGEST_OF_PAGES = ByteSize.ofMiB(1);
    /** A presigned address carries a session token. */
    private static final ByteSize REQUEST_LINE = ByteSize.ofKiB(16);

    /** A crash may forget what was counted since (object proxy page, section 8). */
    private static final Duration QUOTAS_EVERY = Duration.ofSeconds(1);

    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);
    private static final Value<String> REGION =
            Value.matching("[a-z0-9-]{1,32}", "1..32 of a-z, 0-9 and -, such as eu-central-1");
    private static final Value<String> DOMAIN =
            Value.matching("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", "a host name such as s3.example.com");

    private final Endpoint endpoint;
    private final Providers providers;
    private final @Nullable StoredSettings stored;
    private final Signing signing;
    private final Quotas quotas;
    private final Outward outward;
    private final List<String> warnings;
    private final List<String> ready;

    private ObjectProxyConfig(
            Endpoint endpoint,
            Providers providers,
            @Nullable StoredSettings stored,
            Signing signing,
            Outward outward,
            List<String> warnings,
            List<String> ready) {
        this.endpoint = endpoint;
        this.providers = providers;
        this.stored = stored;
        this.signing = signing;
        this.quotas = new Quotas(providers);
        this.outward = outward;
        this.warnings = List.copyOf(warnings);
        this.ready = List.copyOf(ready);
    }

    /** How the endpoint presents itself. */
    record Endpoint(Signing.Rules rules, List<String> domains, S3App.Site.Timing timing, Duration uploadAge) {
        String region() {
            return rules.region();
        }
    }

    /** Who we are to others. @param oidc null where we sign nothing in our own name */
    record Outward(@Nullable OidcProvider oidc, Federation federation) {}

    static ObjectProxyConfig read(
            Section triport, Sources sources, StartMode mode, Randomness randomness, Federation federation) {
        var endpoint = endpoint(triport.section("objects"), sources);
        var document = sources.document(PROXY_CONFIG);
        var root = document.orElse(sources.root());
        if (document.isPresent() && sources.root().has("buckets")) {
            throw sources.root().error("buckets", "buckets in the file and in " + PROXY_CONFIG, "one of the two");
        }
        var form = document.isPresent() ? ProviderReader.Form.PUBLISHED : ProviderReader.Form.OWN;
        var oidc = OidcProvider.read(root, sources, form);
        var reader = new ProviderReader(form, oidc.isPresent() ? federation : null);
        var provided = limited(reader.read(root), sources);
        var ring = SessionKeyReader.read(root, sources, form);
        document.ifPresent(Section::refuseUnknown);
        var ready = new ArrayList<String>();
        var developing = provided.keys().isEmpty() && mode.credentials() == StartMode.Credentials.DEVELOPMENT;
        if (developing) {
            provided = Development.in(mode, randomness).added(provided, ready);
        }
        if (ring.isEmpty() && mode.credentials() == StartMode.Credentials.DEVELOPMENT) {
            ring = Optional.of(Development.ring(mode, randomness));
        }
        if (ring.isEmpty() && !provided.roles().isEmpty()) {
            throw root.error(
                    "roles",
                    "given without a key for sessions",
                    "SESSION_TOKEN_KEY or session_token_keys; ./triport keygen session-token makes one");
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
        var stored = StoredSettings.read(triport.section("objects"), provided)
                .or(() -> developing && !triport.section("objects").has("provider")
                        ? Optional.of(Development.stored(mode, randomness))
                        : Optional.empty());
        var providers = new Providers(new LiveProvider(provided));
        var signing = new Signing(providers, endpoint.rules(), ring.orElse(null), randomness);
        var outward = new Outward(oidc.orElse(null), federation);
        return new ObjectProxyConfig(
                endpoint, providers, stored.orElse(null), signing, outward, reader.warnings(), ready);
    }

    private static Provided limited(Provided provided, Sources sources) {
        return sources.document(BANDWIDTH_QUOTAS)
                .map(document -> provided.within(QuotaReader.all(document), document))
                .orElse(provided);
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
        var clamped = objects.section("compat")
                .value(
                        "clamp-durations",
                        Value.SWITCH,
                        "false",
                        "Whether a session that is wished too short or long gets the nearest length.");
        var sts = new StsSettings(clamped ? StsSettings.DurationRule.CLAMPED : StsSettings.DurationRule.REFUSED);
        return new Endpoint(
                new Signing.Rules(region, skew, sts),
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList(),
                timing ? S3App.Site.Timing.SHOWN : S3App.Site.Timing.LEFT_OUT,
                objects.value(
                        "upload-age",
                        Value.duration(Duration.ofHours(1), Duration.ofDays(365)),
                        "7d",
                        "How long unfinished uploads are kept."));
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

    /** The keys by which the REST API is used; as the configuration file has them at each moment. */
    AccessKeys administrating() {
        var settings = stored;
        return id -> settings != null && settings.administrators().contains(id)
                ? providers.file().find(id).filter(AccessKey::admin)
                : Optional.empty();
    }

    Quotas quotas() {
        return quotas;
    }

    RateLimits limits() {
        return providers.file().limits();
    }

    Signing signing() {
        return signing;
    }

    Outward outward() {
        return outward;
    }

    @Override
    public ByteSize maxBody() {
        return LONGEST_OF_PAGES;
    }

    @Override
    public EdgeLimits usualLimits() {
        var usual = EdgeLimits.collecting(LONGEST);
        return usual.with(usual.head().with(REQUEST_LINE));
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
    public Optional<String> wantsSharedData() {
        return providers.file().all().stream()
                .filter(bucket -> bucket.binding().backend() instanceof Backend.Indexed)
                .findFirst()
                .map(bucket -> "index: postgresql of bucket " + bucket.name());
    }

    @Override
    public List<Object> beans() {
        return List.of(providers.bindings(endpoint.uploadAge()), DurableCode.of(QuotaObject.TYPE, QuotaObject::new));
    }

    @Override
    public List<Recurring> tasks() {
        return List.of(new Recurring(
                QuotaTask.SYNC, QUOTAS_EVERY, (tick, grant, storage) -> quotas.sync(grant, storage), quotas::due));
    }

    @Override
    public void adopt(AppConfig newer) {
        if (newer instanceof ObjectProxyConfig config) {
            providers.follow(config.providers.file().now());
            signing.follow(config.signing);
        }
    }

    @Override
    public List<String> adoptable() {
        return List.of(
                "buckets", "credentials", "roles", "session_token_keys", "rate_limits", PROXY_CONFIG, BANDWIDTH_QUOTAS);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public List<String> degraded() {
        return signing.degraded();
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
