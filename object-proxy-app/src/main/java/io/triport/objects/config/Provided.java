package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.identity.config.Section;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Quota;
import io.triport.objects.serve.RateLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is at one moment. @param buckets in the order of their names */
public record Provided(
        Map<String, Bucket> buckets,
        Map<AccessKeyId, AccessKey> keys,
        Map<RoleId, AssumableRole> roles,
        RateLimits limits) {
    public Provided {
        buckets = Collections.unmodifiableMap(new TreeMap<>(buckets));
        keys = Map.copyOf(keys);
        roles = Map.copyOf(roles);
    }

    /** The same, with quotas for some of its buckets. @throws io.triport.identity.config.ConfigError for a bucket that is not here, or has one */
    public Provided within(Map<String, Quota> quotas, Section origin) {
        var limited = new HashMap<>(buckets);
        quotas.forEach((name, quota) -> {
            var bucket = limited.get(name);
            if (bucket == null || bucket.quota() != null) {
                throw origin.error(name, bucket == null ? "no bucket" : "has a quota", "a bucket without a quota");
            }
            limited.put(name, bucket.within(quota));
        });
        return new Provided(limited, keys, roles, limits);
    }

    Optional<Bucket> bucket(BucketName name) {
        return Optional.ofNullable(buckets.get(name.text()));
    }

    public Optional<AccessKey> key(AccessKeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    public Optional<AssumableRole> role(RoleId id) {
        return Optional.ofNullable(roles.get(id));
    }

    /** Whether anybody can do anything: a deployment that nobody can use is a mistake. */
    public boolean opensAnything() {
        return !keys.isEmpty()
                || !roles.isEmpty()
                || buckets.values().stream().anyMatch(bucket -> bucket.anonymous() != AnonymousAccess.NONE);
    }

    /** For people, one line each. */
    public List<String> explained() {
        var lines = new ArrayList<String>();
        for (var bucket : buckets.values()) {
            lines.add("bucket " + bucket.name() + ": " + place(bucket.binding().backend()) + ", anonymous "
                    + word(bucket.anonymous())
                    + (bucket.writes() == Bucket.Writes.REFUSED ? ", read-only" : "")
                    + (bucket.roles().isEmpty() ? "" : ", roles " + bucket.roles())
                    + quota(bucket));
        }
        keys.values().stream()
                .map(key -> "credential " + key.id() + " of " + key.holder().text() + ": "
                        + key.permissions().rules().size() + " scopes" + (key.enabled() ? "" : ", disabled"))
                .sorted()
                .forEach(lines::add);
        roles.values().stream().map(ExplainedRole::line).sorted().forEach(lines::add);
        return lines;
    }

    private static String quota(Bucket bucket) {
        var quota = bucket.quota();
        return quota == null
                ? ""
                : ", quota " + quota.limit().bytes() + " bytes in "
                        + quota.window().toSeconds() + " s (" + word(quota.direction()) + ", " + word(quota.scope())
                        + ")";
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static String place(Backend backend) {
        return switch (backend) {
            case Backend.Memory memory -> "memory, volatile";
            case Backend.FileSystem files ->
                "files in " + files.root() + (files.flush() == Backend.Flush.NEVER ? ", volatile" : ", durable");
            case Backend.S3 s3 -> "bucket " + s3.bucket() + " at " + s3.endpoint();
            case Backend.Indexed(var bytes, var prefix, var index) ->
                "index " + index + " in the database, bytes in bucket " + bytes.bucket() + " at " + bytes.endpoint();
        };
    }
}
