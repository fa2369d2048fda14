package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.object.BucketName;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.serve.RateLimits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the configuration file says now, for identity, requests and storage alike. Safe for many threads: one reference is all its state. */
public final class LiveProvider implements Provider {
    private final AtomicReference<Provided> provided;

    public LiveProvider(Provided provided) {
        this.provided = new AtomicReference<>(provided);
    }

    public Provided now() {
        return provided.get();
    }

    /** Takes over a newer reading. */
    public void follow(Provided newer) {
        provided.set(newer);
    }

    @Override
    public Optional<Bucket> find(BucketName name) {
        return now().bucket(name);
    }

    @Override
    public List<Bucket> all() {
        return List.copyOf(now().buckets().values());
    }

    @Override
    public Optional<AccessKey> find(AccessKeyId id) {
        return now().key(id);
    }

    @Override
    public Optional<AssumableRole> find(RoleId id) {
        return now().role(id);
    }

    public RateLimits limits() {
        return now().limits();
    }
}
