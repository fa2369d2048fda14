package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Scope;
import io.triport.domain.inference.ModelName;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.KeyId;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.ScriptText;
import io.triport.identity.hmac.SigningKey;
import io.triport.kv.remote.RemotePort;
import io.triport.kv.wire.KvRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads keys with what they open, from the file's section or from a variable in the documented form of the key map. */
final class KeyMapReader {
    /** How the same settings are called in the two forms, and where secrets come from. */
    private enum Form {
        FILE("expires-at", "rate-limit"),
        VARIABLE("expiresAt", "rateLimit");

        private final String expiresAt;
        private final String rateLimit;

        Form(String expiresAt, String rateLimit) {
            this.expiresAt = expiresAt;
            this.rateLimit = rateLimit;
        }
    }

    private static final Map<String, Action> ACTIONS = Map.ofEntries(
            Map.entry("kv.get", Action.KV_GET),
            Map.entry("kv.put", Action.KV_PUT),
            Map.entry("kv.delete", Action.KV_DELETE),
            Map.entry("kv.list", Action.KV_LIST),
            Map.entry("sql.query", Action.SQL_QUERY),
            Map.entry("sql.write", Action.SQL_WRITE),
            Map.entry("queue.send", Action.QUEUE_SEND),
            Map.entry("queue.pull", Action.QUEUE_PULL),
            Map.entry("queue.settle", Action.QUEUE_SETTLE),
            Map.entry("queue.peek", Action.QUEUE_PEEK),
            Map.entry("queue.metrics", Action.QUEUE_METRICS),
            Map.entry("object.get", Action.OBJECT_GET),
            Map.entry("object.head", Action.OBJECT_HEAD),
            Map.entry("object.put", Action.OBJECT_PUT),
            Map.entry("object.delete", Action.OBJECT_DELETE),
            Map.entry("object.list", Action.OBJECT_LIST),
            Map.entry("do.read", Action.DURABLE_READ),
            Map.entry("do.turn", Action.DURABLE_TURN),
            Map.entry("cache.match", Action.CACHE_MATCH),
            Map.entry("cache.put", Action.CACHE_PUT),
            Map.entry("cache.delete", Action.CACHE_DELETE),
            Map.entry("cache.purge", Action.CACHE_PURGE),
            Map.entry("vector.query", Action.VECTOR_QUERY),
            Map.entry("vector.write", Action.VECTOR_WRITE),
            Map.entry("ai.run", Action.AI_RUN));
    private static final String ANY = "*";
    private static final Value<ResourcePattern> RESOURCE = new Value<>(
            "*, or a name of 1..64 characters",
            text -> text.equals(ANY) ? ResourcePattern.all() : ResourcePattern.exactly(resource(text)));
    private static final Value<ResourcePattern> MODEL = new Value<>(
            "*, or a name of a model",
            text -> text.equals(ANY) ? ResourcePattern.all() : ResourcePattern.exactly(new ModelName(text).text()));
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private final StoredNames names;
    private final List<String> warnings = new ArrayList<>();

    KeyMapReader(StoredNames names) {
        this.names = names;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /** The keys of the file's form: kebab case, secrets by reference. */
    Map<KeyId, SigningKey> fromFile(Section kv) {
        var keys = kv.section("keys");
        return keys(keys, keys.each(section -> key(keys, section, Form.FILE)));
    }

    /** The keys of {@code ZT_KEYS_JSON}: camel case, secrets written out, because the variable is one itself. */
    Map<KeyId, SigningKey> fromVariable(Section map) {
        return keys(map, map.each(section -> key(map, section, Form.VARIABLE)));
    }

    KeyRing.Named ring(Map<KeyId, SigningKey> keys, Section where) {
        try {
            return new KeyRing.Named(keys);
        } catch (IllegalArgumentException e) {
            throw new ConfigError(where.origin(), where.key(), String.valueOf(e.getMessage()), "each secret once");
        }
    }

    HmacSecret secret(Section section, String name, String id, String text) {
        try {
            var secret = HmacSecret.of(text);
            if (secret.weak()) {
                warnings.add("secret of key " + id + " is shorter than " + HmacSecret.STRONG_BYTES + " bytes");
            }
            return secret;
        } catch (InvalidInput e) {
            throw section.error(name, "(not shown)", String.valueOf(e.getMessage()));
        }
    }

    /** Ids are compared in lower case, so two that differ in nothing else are one id with two meanings. */
    private static Map<KeyId, SigningKey> keys(Section section, Map<String, SigningKey> read) {
        var keys = new LinkedHashMap<KeyId, SigningKey>();
        read.forEach((id, key) -> {
            if (keys.put(id(section, id), key) != null) {
                throw section.error(
                        id, "another spelling of a key id above", "each key id once, without regard to case");
            }
        });
        return keys;
    }

    private static KeyId id(Section section, String id) {
        try {
            return new KeyId(id);
        } catch (InvalidInput e) {
            throw section.error(id, "not a key id", "1..128 characters, no control characters");
        }
    }

    private SigningKey key(Section all, Section section, Form form) {
        var id = id(all, section.name()).text();
        var scopes = scopes(section, id);
        var limits =
                section.has(form.rateLimit) ? List.of(limit(section.section(form.rateLimit))) : List.<RateLimit>of();
        return new SigningKey(
                new CredentialId(id),
                secrets(section, id, form),
                scopes.stream().map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                permissions(section, id, scopes, form),
                section.list("cidrs", Value.CIDR, "Addresses that the key may be used from; none for anywhere."),
                section.optional(form.expiresAt, Value.MOMENT, "When the key ends.")
                        .orElse(Instant.MAX),
                limits);
    }

    private List<HmacSecret> secrets(Section section, String id, Form form) {
        var about = "The key's secret; a second one while it is being replaced.";
        var secrets = switch (form) {
            case FILE ->
                section.secrets("secrets", about).stream()
                        .map(secret -> secret(section, "secrets", id, secret.use(KeyMapReader::text)))
                        .toList();
            case VARIABLE -> {
                var all = new ArrayList<>(section.writtenSecrets("secret", about));
                all.addAll(section.writtenSecrets("secrets", about));
                yield all.stream()
                        .map(secret -> secret(section, "secret", id, secret.use(KeyMapReader::text)))
                        .toList();
            }
        };
        if (secrets.isEmpty() || secrets.size() > 2) {
            throw section.error("secrets", secrets.size() + " secrets", "1, or 2 while a secret is being replaced");
        }
        return secrets;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<String> scopes(Section section, String id) {
        var known = new Value<>("one of " + ACTIONS.keySet().stream().sorted().toList(), text -> {
            if (!ACTIONS.containsKey(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
        var scopes = section.list("scopes", known, "Operations that the key may call.");
        warnIfEmpty(scopes, id, "scopes");
        return scopes;
    }

    private Permissions permissions(Section section, String id, List<String> scopes, Form form) {
        var from = form == Form.VARIABLE ? section.section("kv") : section;
        var namespaces = from.list(
                "namespaces",
                namespace(),
                "Namespaces that the key may use: * for all, an empty text for requests without one.");
        var prefixes = from.list(
                "prefixes",
                prefix(),
                "What keys, names of objects of both kinds, and URLs in caches must begin with; an empty text for"
                        + " any.");
        var actions = actions(scopes, "kv");
        if (scopes.isEmpty() || !actions.isEmpty()) {
            warnIfEmpty(namespaces, id, "namespaces");
        }
        if (scopes.isEmpty() || scopes.stream().anyMatch(KeyMapReader::prefixed)) {
            warnIfEmpty(prefixes, id, "prefixes");
        }
        if (!actions.isEmpty()) {
            actions.add(Action.NAMESPACE_FIND);
        }
        if (actions.contains(Action.KV_PUT)) {
            actions.add(Action.NAMESPACE_CREATE);
        }
        var rules = new ArrayList<Permission>();
        rules.add(new Permission(actions, Set.copyOf(namespaces), Set.copyOf(prefixes)));
        for (var port : RemotePort.values()) {
            remote(section, id, scopes, port, prefixes).ifPresent(rules::add);
        }
        return new Permissions(rules);
    }

    private static boolean prefixed(String scope) {
        return scope.startsWith("kv.")
                || Arrays.stream(RemotePort.values())
                        .anyMatch(port ->
                                port.prefixes() == RemotePort.Prefixes.HOLD && scope.startsWith(port.text() + "."));
    }

    /** What a key may do with the resources of a port beside KV; empty where its scopes have none of it. */
    private Optional<Permission> remote(
            Section section, String id, List<String> scopes, RemotePort port, List<KeyPrefix> prefixes) {
        var resources = section.list(
                port.resources(),
                port == RemotePort.AI ? MODEL : RESOURCE,
                "Resources of the port " + port + " that the key may use: * for all.");
        var actions = actions(scopes, port.text());
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        warnIfEmpty(resources, id, port.resources());
        return Optional.of(new Permission(
                actions,
                Set.copyOf(resources),
                switch (port.prefixes()) {
                    case HOLD -> Set.copyOf(prefixes);
                    case NONE -> Set.of(KeyPrefix.EVERY);
                }));
    }

    private static EnumSet<Action> actions(List<String> scopes, String port) {
        var actions = EnumSet.noneOf(Action.class);
        scopes.stream().filter(scope -> scope.startsWith(port + ".")).forEach(scope -> actions.add(ACTIONS.get(scope)));
        return actions;
    }

    private Value<ResourcePattern> namespace() {
        return new Value<>(
                "*, or a name of at most 512 bytes with the server prefix, not " + StoredNames.NONE, text -> {
                    if (text.equals(ANY)) {
                        return ResourcePattern.all();
                    }
                    try {
                        return ResourcePattern.exactly(
                                names.title(ScriptText.trim(text)).text());
                    } catch (KvRefused | StorageFailure e) {
                        throw new IllegalArgumentException(text, e);
                    }
                });
    }

    private static Value<KeyPrefix> prefix() {
        return new Value<>("at most 512 bytes", text -> {
            var prefix = KeyPrefix.of(text);
            if (prefix.bytes().size() > KvLimits.KEY_BYTES) {
                throw new InvalidInput("prefix", "at most 512 bytes");
            }
            return prefix;
        });
    }

    private RateLimit limit(Section section) {
        var limit = section.value("limit", Value.number(1, Long.MAX_VALUE), "1000", "Requests per window.");
        var window = section.value(
                "window", Value.duration(Duration.ofMillis(1), LONGEST_WINDOW), "10s", "How long the window is.");
        var burst = section.value(
                "burst", Value.number(1, Long.MAX_VALUE), Long.toString(limit), "Requests at once after a rest.");
        var scope = section.value(
                "scope", Value.oneOf(LimitScope.values()), "local", "Whether each node counts, or all together.");
        if (burst < limit) {
            throw section.error("burst", Long.toString(burst), "at least the limit, " + limit);
        }
        return new RateLimit(limit, window, burst, scope);
    }

    private void warnIfEmpty(List<?> list, String id, String name) {
        if (list.isEmpty()) {
            warnings.add("key " + id + " has no " + name + " and may do nothing");
        }
    }

    private static String resource(String text) {
        if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** The permission of a key that may do everything. */
    static Permissions everything() {
        var actions = EnumSet.of(Action.NAMESPACE_FIND, Action.NAMESPACE_CREATE);
        actions.addAll(ACTIONS.values());
        return Permissions.of(new Permission(actions, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
    }

    static Set<Scope> everyScope() {
        return ACTIONS.keySet().stream().map(Scope::new).collect(Collectors.toUnmodifiableSet());
    }
}
