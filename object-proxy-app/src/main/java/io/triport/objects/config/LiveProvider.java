package io.triport.objects.config;

import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Buckets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What is configured now, for identity, requests and storage alike. Safe for many threads: one reference is all its state. */
public final class LiveProvider implements Buckets {
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

    /** Where the objects of each lie. */
    public BucketBindings bindings() {
        return new BucketBindings() {
            @Override
            public Optional<BucketBinding> find(BucketName bucket) {
                return now().bucket(bucket).map(Bucket::binding);
            }
        };
    }
}
