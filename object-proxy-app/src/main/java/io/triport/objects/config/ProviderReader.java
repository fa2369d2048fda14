package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.serve.RateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads buckets, credentials, roles and limits. */
public final class ProviderReader {
    private static final Value<Long> LIMIT = Value.number(1, Long.MAX_VALUE);
    private static final Value<Duration> WINDOW = Value.duration(Duration.ofMillis(1), Duration.ofDays(1));

    private static final Value<String> OFF = Value.matching("off|false", "off, or limit and window");
    private static final Value<LimitScope> SCOPE = Value.oneOf(LimitScope.values());
    private static final RateLimit ANONYMOUS = new RateLimit(200, Duration.ofSeconds(10), 200, LimitScope.LOCAL);
    private static final RateLimit STS = new RateLimit(20, Duration.ofSeconds(10), 20, LimitScope.LOCAL);

    private final Form form;
    private final @Nullable Federation federation;
    private final List<String> warnings = new ArrayList<>();

    public ProviderReader(Form form) {
        this(form, null);
    }

    /** @param federation null where there is no provider of ours */
    public ProviderReader(Form form, @Nullable Federation federation) {
        this.form = form;
        this.federation = federation;
    }

    /** Whether secrets may be written out. */
    public enum Form {
        /** A file of ours: by reference only. */
        OWN,
        /** That of the proxy that is replaced: written out, too. */
        PUBLISHED,
        /** What was stored here: written out only, for a reference would read what is this machine's. */
        STORED
    }

    /** @throws io.triport.identity.config.ConfigError for what cannot be used */
    public Provided read(Section root) {
        var roles = new LinkedHashMap<RoleId, AssumableRole>();
        var roleReader = new RoleReader(form, warnings);
        for (var section : root.sections("roles")) {
            var role = roleReader.read(section);
            if (roles.put(role.id(), role) != null) {
                throw section.error("role_id", role.id().text(), "each role once");
            }
        }
        var buckets = new HashMap<String, Bucket>();
        var bucketReader = new BucketReader(form, roles::containsKey, federation, warnings);
        for (var section : root.sections("buckets")) {
            var bucket = bucketReader.read(section);
            if (buckets.put(bucket.name().text(), bucket) != null) {
                throw section.error("name", bucket.name().text(), "each bucket once");
            }
        }
        var keys = new HashMap<AccessKeyId, AccessKey>();
        var credentialReader = new CredentialReader(form, roles::containsKey, warnings);
        for (var section : root.sections("credentials")) {
            var key = credentialReader.read(section);
            if (keys.put(key.id(), key) != null) {
                throw section.error("access_key_id", key.id().text(), "each key once");
            }
        }
        return new Provided(buckets, keys, roles, limits(root));
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static RateLimits limits(Section root) {
        var section = root.section("rate_limits");
        return new RateLimits(
                limit(section, "anonymous", ANONYMOUS),
                limit(section, "authenticated", null),
                limit(section, "sts", STS));
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
        var scope = inner.value("scope", SCOPE, "local", "Whether each node counts, or all together.");
        return new RateLimit(limit, window, limit, scope);
    }
}
