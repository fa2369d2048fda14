package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.serve.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads buckets, credentials and limits. */
public final class ProviderReader {
    private static final int SHORTEST_SECRET = 16;
    private static final Value<Set<Action>> ACTIONS = new Value<>("one of " + ScopeActions.known(), ScopeActions::of);
    private static final Value<AccessKeyId> KEY_ID =
            new Value<>("1..128 printable characters without / , ;", AccessKeyId::new);
    private static final Value<RoleId> ROLE = new Value<>("the id of a role", RoleId::new);
    private static final Value<KeyPrefix> PREFIX = new Value<>("at most 1024 bytes", KeyPrefix::of);
    private static final Value<Long> LIMIT = Value.number(1, Long.MAX_VALUE);
    private static final Value<Duration> WINDOW = Value.duration(Duration.ofMillis(1), Duration.ofDays(1));

    private static final Value<String> OFF = Value.matching("off|false", "off, or limit and window");
    private static final RateLimit ANONYMOUS = new RateLimit(200, Duration.ofSeconds(10), 200, LimitScope.LOCAL);

    private final Form form;
    private final List<String> warnings = new ArrayList<>();

    public ProviderReader(Form form) {
        this.form = form;
    }

    /** Whether secrets may be written out. */
    public enum Form {
        /** A file of ours: by reference only. */
        OWN,
        /** That of the proxy that is replaced: written out, too. */
        PUBLISHED
    }

    /** @throws io.triport.identity.config.ConfigError for what cannot be used */
    public Provided read(Section root) {
        if (root.has("roles") && !root.sections("roles").isEmpty()) {
            throw root.error("roles", "given", "none, for sessions are not built yet");
        }
        var buckets = new HashMap<String, Bucket>();
        var reader = new BucketReader(form, warnings);
        for (var section : root.sections("buckets")) {
            var bucket = reader.read(section);
            if (buckets.put(bucket.name().text(), bucket) != null) {
                throw section.error("name", bucket.name().text(), "each bucket once");
            }
        }
        var keys = new HashMap<AccessKeyId, AccessKey>();
        for (var section : root.sections("credentials")) {
            var key = key(section);
            if (keys.put(key.id(), key) != null) {
                throw section.error("access_key_id", key.id().text(), "each key once");
            }
        }
        return new Provided(buckets, keys, limits(root));
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private AccessKey key(Section section) {
        var id = section.optional("access_key_id", KEY_ID, "The id that requests name.")
                .orElseThrow(() -> section.error("access_key_id", "missing", KEY_ID.expectation()));
        var secret = secret(section, form, "secret_access_key", "The secret that requests are signed with.");
        if (secret.size() < SHORTEST_SECRET) {
            throw section.error(
                    "secret_access_key", "(" + secret.size() + " bytes)", "at least " + SHORTEST_SECRET + " bytes");
        }
        var holder =
                section.value("principal_name", new Value<>("a name", Subject::new), id.text(), "Whose key it is.");
        var enabled = section.value("enabled", Value.SWITCH, "true", "Whether the key counts.");
        section.optional("created_at", Value.MOMENT, "When it was made; for people.");
        var expires = section.optional("expires_at", Value.MOMENT, "When it ends.");
        var admin = section.value("admin", Value.SWITCH, "false", "Whether it may make and remove buckets.");
        var roles = section.list("may_assume", ROLE, "Roles that its holder may take on.");
        if (!roles.isEmpty()) {
            throw section.error("may_assume", roles.toString(), "none, for sessions are not built yet");
        }
        var scopes = section.sections("allowed_scopes");
        if (scopes.isEmpty()) {
            warnings.add("credential " + id + " has no allowed_scopes and may do nothing");
        }
        var rules = scopes.stream().map(ProviderReader::scope).toList();
        return new AccessKey(
                id, secret, holder, new Permissions(rules), Set.of(), admin, enabled, expires.orElse(Instant.MAX));
    }

    private static Permission scope(Section section) {
        var bucket = section.optional("bucket", Value.TEXT, "Buckets: a name, or a pattern with * and ?.")
                .orElseThrow(() -> section.error("bucket", "missing", "a name, or a pattern with * and ?"));
        var prefixes = section.list("prefixes", PREFIX, "What keys lie under; none for all keys.");
        var actions = EnumSet.noneOf(Action.class);
        section.list("actions", ACTIONS, "What may be done.").forEach(actions::addAll);
        return new Permission(
                actions,
                Set.of(ResourcePattern.like(Glob.parse(bucket))),
                prefixes.isEmpty() ? Set.of(KeyPrefix.EVERY) : new HashSet<>(prefixes));
    }

    /** By reference, or written out where the form allows it. */
    static Secret secret(Section section, Form form, String name, String about) {
        if (form == Form.PUBLISHED) {
            var written = section.writtenSecrets(name, about);
            if (written.size() == 1 && !written.getFirst().use(ProviderReader::reference)) {
                return written.getFirst();
            }
        }
        return section.secret(name, about).orElseThrow(() -> section.error(name, "missing", "a secret"));
    }

    private static boolean reference(byte[] text) {
        return text.length > 1 && text[0] == '$' && text[1] == '{';
    }

    private static RateLimits limits(Section root) {
        var section = root.section("rate_limits");
        if (section.has("sts")) {
            throw section.error("sts", "given", "none, for sessions are not built yet");
        }
        return new RateLimits(limit(section, "anonymous", ANONYMOUS), limit(section, "authenticated", null));
    }

    private static @Nullable RateLimit limit(Section section, String name, @Nullable RateLimit fallback) {
        if (!section.has(name)) {
            return fallback;
        }
        if (section.plain(name)) {
            section.value(name, OFF, "off", "off for no limit, or limit and window.");
            return null;
        }
        var inner = section.section(name);
        var limit = inner.value("limit", LIMIT, "1000", "Requests in a window.");
        var window = inner.value("window", WINDOW, "10s", "How long the window is.");
        return new RateLimit(limit, window, limit, LimitScope.LOCAL);
    }
}
