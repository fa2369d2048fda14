package io.triport.kv;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.domain.storage.WriteGuard;
import io.triport.domain.time.Randomness;
import io.triport.identity.Allowance;
import io.triport.identity.PermittingPlan;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Section;
import io.triport.identity.config.Section.Alias;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.edge.AddedMechanisms;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.federation.SubjectPattern;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.HmacSettings;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningKey;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.OnStart;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.kv.remote.RemoteSettings;
import io.triport.kv.wire.KvError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The KV proxy's settings: the file's section {@code triport.kv}, or the variables of the proxy that it stands in for. */
final class KvProxyConfig implements AppConfig {
    private static final String KEY_MAP = "ZT_KEYS_JSON";
    private static final Duration RECLAIM_EVERY = Duration.ofMinutes(1);
    private static final int RECLAIM_AT_ONCE = 1_000;
    private static final ByteSize MOST_BODY = ByteSize.ofMiB(34);

    private final List<Object> parts;
    private final RemoteSettings remote;
    private final HmacSettings signing;
    private final ByteSize maxBody;
    private final AtomicReference<KeyRing> keys;
    private final CallersReader.Read identity;
    private final AtomicReference<Callers> callers;
    private final List<String> warnings;
    private final List<String> ready;

    private KvProxyConfig(
            List<Object> parts,
            RemoteSettings remote,
            HmacSettings signing,
            ByteSize maxBody,
            KeyRing keys,
            CallersReader.Read identity,
            List<String> warnings,
            List<String> ready) {
        this.parts = List.copyOf(parts);
        this.remote = remote;
        this.signing = signing;
        this.maxBody = maxBody;
        this.keys = new AtomicReference<>(keys);
        this.identity = identity;
        this.callers = new AtomicReference<>(identity.callers());
        this.warnings = List.copyOf(warnings);
        this.ready = List.copyOf(ready);
    }

    static KvProxyConfig read(Section triport, Sources sources, StartMode mode, Randomness randomness) {
        var kv = triport.section("kv");
        var names = kv.value(
                "prefix", serverPrefix(), "", "Server prefix of all stored names.", new Alias("ZT_KV_PREFIX", ""));
        var listLimit = kv.value(
                "list-limit",
                Value.integer(1, KvLimits.LIST_LIMIT),
                "100",
                "Names in one page of a list at most.",
                new Alias("ZT_KV_LIST_LIMIT", ""));
        var maxBody = kv.value(
                "max-body",
                Value.size(ByteSize.ofBytes(1), MOST_BODY),
                "128KiB",
                "The longest request body.",
                new Alias("ZT_MAX_BODY_BYTES", "B"));
        var window = kv.value(
                "signing-window",
                Value.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                "60s",
                "The largest distance between a request's timestamp and the clock.",
                new Alias("ZT_PROXY_SIGNING_WINDOW_MS", "ms"));
        var guarded = kv.value(
                "write-guard",
                Value.SWITCH,
                "false",
                "Whether a second write of a key within a second of the first is refused as RATE_LIMITED, on each"
                        + " node.");
        var ready = new ArrayList<String>();
        var reader = new KeyMapReader(names);
        var callers = CallersReader.read(sources.root().section("identity"), kv, reader);
        var ring = keys(kv, sources, mode, randomness, reader, ready, callers.isEmpty());
        var apart = VolatileReader.read(kv, names);
        var settings = new KvSettings(
                names, listLimit, apart.map(VolatileNamespaces::titles).orElse(Set.of()));
        var remote = RemoteSettings.read(kv);
        var parts = new ArrayList<Object>(List.of(settings));
        apart.ifPresent(parts::add);
        parts.addAll(remote.beans(callers.tokenParameters()));
        if (!callers.isEmpty()) {
            parts.add(new AddedMechanisms(
                    HmacMechanism.NAME, List.copyOf(callers.mechanisms().keySet())));
        }
        if (guarded) {
            parts.add(WriteGuard.USUAL);
        }
        apart.ifPresent(namespaces -> reader.warn(VolatileReader.warning(namespaces)));
        return new KvProxyConfig(
                parts,
                remote,
                new HmacSettings(window, EdgeSettings.basePath(triport)),
                maxBody,
                ring,
                callers,
                reader.warnings(),
                ready);
    }

    /**
     * A map wins over the one secret for all, which wins over a key made for development.
     *
     * @param needed whether nobody could come in without a key
     */
    private static KeyRing keys(
            Section kv,
            Sources sources,
            StartMode mode,
            Randomness randomness,
            KeyMapReader reader,
            List<String> ready,
            boolean needed) {
        var variable = sources.variable(KEY_MAP);
        var shared = sources.variable("KV_REMOTE_SECRET").or(() -> sources.variable("APP_KEY"));
        var configured = reader.fromFile(kv);
        if (!configured.isEmpty() && variable.isPresent()) {
            throw kv.error("keys", "keys in the file and in " + KEY_MAP, "one of the two");
        }
        if (!configured.isEmpty() || variable.isPresent()) {
            if (shared.isPresent()) {
                reader.warn("KV_REMOTE_SECRET and APP_KEY are ignored because there is a key map");
            }
            return variable.map(json -> fromVariable(json, sources, reader))
                    .orElseGet(() -> reader.ring(configured, kv.section("keys")));
        }
        if (shared.isPresent()) {
            return new KeyRing.Shared(sharedKey(kv, shared.get(), reader));
        }
        if (mode.credentials() == StartMode.Credentials.DEVELOPMENT) {
            return new DevelopmentKey(DevelopmentSecret.in(mode, "kv-proxy", () -> KvProxy.freshSecret(randomness)))
                    .ring(reader, kv, ready);
        }
        if (!needed) {
            return new KeyRing.Named(Map.of());
        }
        // A misspelled name of the keys is the better explanation.
        kv.refuseUnknown();
        throw new ConfigError(
                kv.origin(),
                "triport.kv.keys",
                "no identity configured",
                "keys here, ZT_KEYS_JSON, KV_REMOTE_SECRET, identity with callers, or --dev for a development key");
    }

    private static KeyRing fromVariable(String json, Sources sources, KeyMapReader reader) {
        var section = sources.root(KEY_MAP, ConfigJson.parse(KEY_MAP, json));
        var keys = reader.fromVariable(section);
        section.refuseUnknown();
        if (keys.isEmpty()) {
            throw new ConfigError("environment", KEY_MAP, "{}", "at least one key");
        }
        return reader.ring(keys, section);
    }

    private static SigningKey sharedKey(Section kv, String secret, KeyMapReader reader) {
        return new SigningKey(
                new CredentialId("shared-secret"),
                List.of(reader.secret(kv, "KV_REMOTE_SECRET", "shared-secret", secret)),
                AllowanceReader.everyScope(),
                AllowanceReader.everything(),
                List.of(),
                Instant.MAX,
                List.of());
    }

    private static Value<StoredNames> serverPrefix() {
        return new Value<>("at most 256 bytes, not " + StoredNames.NONE, StoredNames::new);
    }

    @Override
    public ByteSize maxBody() {
        return maxBody;
    }

    @Override
    public Duration nonceWindow() {
        return signing.window();
    }

    @Override
    public Duration nonceMemory() {
        return signing.nonceMemory();
    }

    @Override
    public ErrorShape errors() {
        return new KvError.Shape();
    }

    @Override
    public Set<PlannedMechanism> mechanisms() {
        var all = new HashSet<PlannedMechanism>();
        all.add(HmacMechanism.planned(keys::get, signing));
        identity.mechanisms()
                .values()
                .forEach(plan -> all.add(
                        new PermittingPlan(plan, principal -> callers.get().of(principal))));
        return all;
    }

    @Override
    public List<PlannedMechanism> planned() {
        return List.copyOf(identity.mechanisms().values());
    }

    /** The same as alone, so that a request that was seen before is not accepted after. */
    @Override
    public Optional<String> sharedMarks() {
        return Optional.of("nonces");
    }

    @Override
    public List<Object> beans() {
        return parts;
    }

    @Override
    public List<OnStart> beginnings() {
        var beginnings = new ArrayList<OnStart>();
        if (!remote.databases().isEmpty()) {
            beginnings.add(new OnStart(KvTask.DATABASES, (tick, grant, storage) -> {
                var catalogue = storage.databases(grant);
                remote.databases().stream()
                        .filter(name -> catalogue.find(name).isEmpty())
                        .forEach(name -> unlessMadeMeanwhile(catalogue, name));
            }));
        }
        if (!remote.indexes().isEmpty()) {
            beginnings.add(new OnStart(
                    KvTask.INDEXES,
                    (tick, grant, storage) -> remote.indexes().forEach(index -> index.make(grant, storage))));
        }
        return beginnings;
    }

    /** By another node that starts. */
    private static void unlessMadeMeanwhile(DatabaseCatalogue catalogue, DatabaseName name) {
        try {
            catalogue.create(name);
        } catch (StorageFailure.Rejected e) {
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public List<Recurring> tasks() {
        return List.of(new Recurring(KvTask.RECLAIM, RECLAIM_EVERY, (tick, grant, storage) -> {
            var catalogue = storage.resources(grant);
            while (catalogue.reclaim(RECLAIM_AT_ONCE) == RECLAIM_AT_ONCE) {
                // Until a batch is not full: what is left was not there when the task fell due.
            }
        }));
    }

    @Override
    public void adopt(AppConfig newer) {
        if (newer instanceof KvProxyConfig config) {
            keys.set(config.keys.get());
            callers.set(config.callers.get());
        }
    }

    @Override
    public List<String> adoptable() {
        return List.of("triport.kv.keys", "triport.kv.callers", KEY_MAP);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public List<String> explained() {
        return Stream.concat(explainedKeys(), callers.get().listed().stream().map(KvProxyConfig::explained))
                .toList();
    }

    private Stream<String> explainedKeys() {
        return switch (keys.get()) {
            case KeyRing.Shared shared -> Stream.of("any key id, one secret: every operation on every namespace");
            case KeyRing.Named named ->
                named.keys().entrySet().stream()
                        .map(entry -> "key " + entry.getKey() + ": " + new AllowanceText(allowance(entry.getValue())))
                        .sorted();
        };
    }

    private static Allowance allowance(SigningKey key) {
        return new Allowance(key.scopes(), key.permissions(), key.cidrs(), key.expiresAt(), key.limits());
    }

    private static String explained(Caller caller) {
        var who = Stream.concat(
                        caller.subjects().stream().map(SubjectPattern::text),
                        caller.roles().stream()
                                .map(role -> "role " + role.text())
                                .sorted())
                .collect(Collectors.joining(", "));
        return "caller " + caller.name() + ": " + who + " by " + caller.by().text() + ": "
                + new AllowanceText(caller.allowance());
    }

    @Override
    public List<String> ready() {
        return ready;
    }

    Optional<SigningKey> find(String keyId) {
        return keys.get().find(keyId);
    }
}
