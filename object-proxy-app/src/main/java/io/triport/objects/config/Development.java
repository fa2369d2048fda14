package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.ActionNames;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.StartMode;
import io.triport.identity.sts.SessionKeys;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketListing;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A key that opens everything and a bucket of files, for trying the proxy out. */
public record Development(DevelopmentSecret secret) {
    private static final String KEY = "dev";
    private static final String BUCKET = "dev";
    private static final int SECRET_BYTES = 32;

    public static Development in(StartMode mode, Randomness randomness) {
        return new Development(DevelopmentSecret.in(
                mode,
                "object-proxy",
                () -> Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(SECRET_BYTES))));
    }

    /** A key for sessions, which is kept so that they outlive a restart. */
    public static SessionKeys ring(StartMode mode, Randomness randomness) {
        var secret = DevelopmentSecret.in(
                mode,
                "object-proxy-sessions",
                () -> Base64.getEncoder().encodeToString(randomness.bytes(SECRET_BYTES)));
        return SessionKeys.parse(secret.text());
    }

    /** Buckets that requests make are kept, too, and the key may do everything else by requests. */
    public static StoredSettings stored(StartMode mode, Randomness randomness) {
        var secret = DevelopmentSecret.in(
                mode,
                "object-proxy-provider",
                () -> Base64.getEncoder().encodeToString(randomness.bytes(SECRET_BYTES)));
        return new StoredSettings(
                Keyring.of(MasterSecret.of(Secret.of(secret.text()))),
                new StoredSettings.NewBuckets.OnDisk("buckets"),
                Set.of(new AccessKeyId(KEY)));
    }

    /** @param ready gets what somebody needs to know for trying */
    public Provided added(Provided provided, List<String> ready) {
        ready.add("access-key-id=" + KEY);
        ready.add("secret-file=" + secret.file());
        ready.add("bucket=" + BUCKET);
        var everything = Permissions.of(
                new Permission(ActionNames.parse("*"), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
        var key = new AccessKey(
                new AccessKeyId(KEY),
                Secret.of(secret.text()),
                new Subject(KEY),
                everything,
                Set.of(),
                true,
                true,
                Instant.MAX);
        var buckets = new HashMap<>(provided.buckets());
        buckets.putIfAbsent(BUCKET, bucket());
        return new Provided(buckets, Map.of(key.id(), key), provided.roles(), provided.limits());
    }

    private static Bucket bucket() {
        var binding = new BucketBinding(
                new BucketName(BUCKET), new Backend.FileSystem("objects/" + BUCKET), Bytes.EMPTY, Versioning.OFF);
        return new Bucket(
                binding,
                AnonymousAccess.NONE,
                Set.of(),
                List.of(),
                ByteSize.ofBytes(ObjectLimits.OBJECT_BYTES),
                Bucket.Writes.ALLOWED,
                BucketListing.PLAIN,
                Bucket.About.NOTHING,
                null);
    }
}
