package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.identity.config.ConfigError;
import io.triport.objects.bucket.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the configuration file provides, and behind it what is stored, where something is. Of one name in both the file's counts.
 * Safe for many threads: one reference is all its state.
 */
public final class Providers implements Provider {
    private final LiveProvider file;
    private final AtomicReference<Provider> stored;

    public Providers(LiveProvider file) {
        this.file = file;
        this.stored =
                new AtomicReference<>(new LiveProvider(new Provided(Map.of(), Map.of(), Map.of(), file.limits())));
    }

    /**
     * What is stored is there once the database is open, which is later than the file was read.
     *
     * @throws ConfigError where something of one name is in both
     */
    public void behind(Provider provider) {
        refuseClash(file.now(), provider);
        stored.set(provider);
    }

    /** Takes over a newer reading of the file. @throws ConfigError where something of one name is also stored */
    public void follow(Provided newer) {
        refuseClash(newer, stored.get());
        file.follow(newer);
    }

    /** What the file has alone. */
    public LiveProvider file() {
        return file;
    }

    private static void refuseClash(Provided file, Provider stored) {
        file.buckets().values().stream()
                .filter(bucket -> stored.find(bucket.name()).isPresent())
                .findFirst()
                .ifPresent(bucket -> refuse("buckets", bucket.name().text()));
        file.keys().keySet().stream()
                .filter(id -> stored.find(id).isPresent())
                .findFirst()
                .ifPresent(id -> refuse("credentials", id.text()));
        file.roles().keySet().stream()
                .filter(id -> stored.find(id).isPresent())
                .findFirst()
                .ifPresent(id -> refuse("roles", id.text()));
    }

    private static void refuse(String key, String name) {
        throw new ConfigError("configuration", key, name, "a name that the database does not have, too");
    }

    @Override
    public Optional<Bucket> find(BucketName name) {
        var first = file.find(name);
        return first.isPresent() ? first : stored.get().find(name);
    }

    @Override
    public Optional<Bucket> known(BucketName name) {
        var first = file.known(name);
        return first.isPresent() ? first : stored.get().known(name);
    }

    @Override
    public List<Bucket> all() {
        var all = new TreeMap<String, Bucket>();
        stored.get().all().forEach(bucket -> all.put(bucket.name().text(), bucket));
        file.all().forEach(bucket -> all.put(bucket.name().text(), bucket));
        return List.copyOf(all.values());
    }

    @Override
    public Optional<AccessKey> find(AccessKeyId id) {
        var first = file.find(id);
        return first.isPresent() ? first : stored.get().find(id);
    }

    @Override
    public Optional<AssumableRole> find(RoleId id) {
        var first = file.find(id);
        return first.isPresent() ? first : stored.get().find(id);
    }

    /** Where the objects of each bucket lie. */
    public BucketBindings bindings(Duration uploadsKept) {
        return new BucketBindings() {
            @Override
            public Duration uploadsKept() {
                return uploadsKept;
            }

            @Override
            public Optional<BucketBinding> find(BucketName bucket) {
                return Providers.this.find(bucket).map(Bucket::binding);
            }
        };
    }
}
