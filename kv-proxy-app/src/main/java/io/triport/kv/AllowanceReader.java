package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
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
import io.triport.identity.Allowance;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.hmac.ScriptText;
import io.triport.kv.remote.RemotePort;
import io.triport.kv.wire.KvRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads what somebody may do: operations, and on what; in the file's form, or in that of the key map's variable. */
final class AllowanceReader {
    /** How the same settings are called in the two forms, and where secrets come from. */
    enum Form {
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
    private final Consumer<String> warnings;

    /** @param warnings what the operator should know */
    AllowanceReader(StoredNames names, Consumer<String> warnings) {
        this.names = names;
        this.warnings = warnings;
    }

    /** @param who has it, for warnings */
    Allowance read(Section section, String who, Form form) {
        var scopes = scopes(section, who);
        var limits =
                section.has(form.rateLimit) ? List.of(limit(section.section(form.rateLimit))) : List.<RateLimit>of();
        return new Allowance(
                scopes.stream().map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                permissions(section, who, scopes, form),
                section.list("cidrs", Value.CIDR, "Addresses that requests may come from; none for anywhere."),
                section.optional(form.expiresAt, Value.MOMENT, "When all this ends.")
                        .orElse(Instant.MAX),
                limits);
    }

    private List<String> scopes(Section section, String who) {
        var known = new Value<>("one of " + ACTIONS.keySet().stream().sorted().toList(), text -> {
            if (!ACTIONS.containsKey(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
        var scopes = section.list("scopes", known, "Operations that may be called.");
        warnIfEmpty(scopes, who, "scopes");
        return scopes;
    }

    private Permissions permissions(Section section, String who, List<String> scopes, Form form) {
        var from = form == Form.VARIABLE ? section.section("kv") : section;
        var namespaces = from.list(
                "namespaces",
                namespace(),
                "Namespaces that may be used: * for all, an empty text for requests without one.");
        var prefixes = from.list(
                "prefixes",
                prefix(),
                "What keys, names of objects of both kinds, and URLs in caches must begin with; an empty text for"
                        + " any.");
        var actions = actions(scopes, "kv");
        if (scopes.isEmpty() || !actions.isEmpty()) {
            warnIfEmpty(namespaces, who, "namespaces");
        }
        if (scopes.isEmpty() || scopes.stream().anyMatch(AllowanceReader::prefixed)) {
            warnIfEmpty(prefixes, who, "prefixes");
        }
        var rules = new ArrayList<Permission>();
        rules.add(new Permission(withNamespaces(actions), Set.copyOf(namespaces), Set.copyOf(prefixes)));
        for (var port : RemotePort.values()) {
            remote(section, who, scopes, port, prefixes).ifPresent(rules::add);
        }
        return new Permissions(rules);
    }

    private static boolean prefixed(String scope) {
        return scope.startsWith("kv.")
                || Arrays.stream(RemotePort.values())
                        .anyMatch(port ->
                                port.prefixes() == RemotePort.Prefixes.HOLD && scope.startsWith(port.text() + "."));
    }

    /** What may be done with the resources of a port beside KV; empty where its scopes have none of it. */
    private Optional<Permission> remote(
            Section section, String who, List<String> scopes, RemotePort port, List<KeyPrefix> prefixes) {
        var resources = section.list(
                port.resources(),
                port == RemotePort.AI ? MODEL : RESOURCE,
                "Resources of the port " + port + " that may be used: * for all.");
        var actions = actions(scopes, port.text());
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        warnIfEmpty(resources, who, port.resources());
        return Optional.of(new Permission(
                actions,
                Set.copyOf(resources),
                switch (port.prefixes()) {
                    case HOLD -> Set.copyOf(prefixes);
                    case NONE -> Set.of(KeyPrefix.EVERY);
                }));
    }

    /** Who works with keys finds their namespace, and who puts makes it. */
    private static EnumSet<Action> withNamespaces(EnumSet<Action> actions) {
        if (!actions.isEmpty()) {
            actions.add(Action.NAMESPACE_FIND);
        }
        if (actions.contains(Action.KV_PUT)) {
            actions.add(Action.NAMESPACE_CREATE);
        }
        return actions;
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

    private void warnIfEmpty(List<?> list, String who, String name) {
        if (list.isEmpty()) {
            warnings.accept(who + " has no " + name + " and may do nothing");
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

    /** The same, with no scope but some. */
    static Allowance narrowed(Allowance allowance, Set<Scope> scopes) {
        var left = allowance.scopes().stream().filter(scopes::contains).collect(Collectors.toUnmodifiableSet());
        var rules = allowance.permissions().rules().stream()
                .map(rule -> new Permission(opened(rule, left), rule.containers(), rule.prefixes()))
                .toList();
        return new Allowance(left, new Permissions(rules), allowance.cidrs(), allowance.until(), allowance.limits());
    }

    private static Set<Action> opened(Permission rule, Set<Scope> scopes) {
        var open = EnumSet.noneOf(Action.class);
        scopes.forEach(scope -> open.add(ACTIONS.get(scope.text())));
        open.retainAll(rule.actions());
        return rule.actions().contains(Action.NAMESPACE_FIND) ? withNamespaces(open) : open;
    }

    /** Those of the scopes that are any of ours. */
    static Set<Scope> known(Set<Scope> scopes) {
        return scopes.stream()
                .filter(scope -> ACTIONS.containsKey(scope.text()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
