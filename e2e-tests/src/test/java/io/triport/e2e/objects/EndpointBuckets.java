package io.triport.e2e.objects;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.WiredApp;
import io.triport.objects.ObjectProxyApp;
import io.triport.storage.bucket.Buckets;
import io.triport.testkit.ObjectAbility;
import io.triport.testkit.ObjectFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Empty buckets behind an S3 endpoint, which is the object proxy itself, with its objects in memory. */
final class EndpointBuckets implements AutoCloseable {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int COUNT = 200;

    private final AtomicInteger given = new AtomicInteger();
    private final ApplicationContext proxy;
    private final Buckets buckets;

    /** @param data of the endpoint, and of what is before it */
    EndpointBuckets(Path data) {
        this.proxy = WiredApp.of(ObjectProxyApp.create(), Map.of("PROXY_CONFIG", config()), Map.of(), data)
                .start();
        var endpoint = proxy.getBean(EmbeddedServer.class).start().getURI();
        var bindings = new BucketBindings() {
            @Override
            public Optional<BucketBinding> find(BucketName bucket) {
                return Optional.of(new BucketBinding(bucket, backend(endpoint, bucket), Bytes.EMPTY, Versioning.OFF));
            }
        };
        this.buckets =
                new Buckets(bindings, data.resolve("client"), Clock.systemUTC(), Ticker.system(), Randomness.system());
    }

    private static String config() {
        return "{\"buckets\": ["
                + IntStream.range(0, COUNT)
                        .mapToObj(number -> "{\"name\": \"" + name(number) + "\", \"backend_type\": \"memory\"}")
                        .collect(Collectors.joining(", "))
                + "], \"credentials\": [{\"access_key_id\": \"KIT\", \"secret_access_key\": \"" + SECRET
                + "\", \"allowed_scopes\": [{\"bucket\": \"*\", \"actions\": [\"*\"]}]}]}";
    }

    private static Backend backend(URI endpoint, BucketName bucket) {
        return new Backend.S3(
                endpoint,
                "us-east-1",
                bucket.text(),
                Backend.Addressing.PATH,
                new Backend.Signer.Key("KIT", Secret.of(SECRET), Secret.of("")));
    }

    private static String name(int number) {
        return "kit-" + number;
    }

    /** The next that nobody has had. */
    ObjectFixture next() {
        var bucket = new BucketName(name(given.getAndIncrement()));
        return new Fixture(
                buckets.bucket(bucket).orElseThrow(), buckets.info(bucket).orElseThrow());
    }

    @Override
    public void close() {
        buckets.close();
        proxy.close();
    }

    private record Fixture(ObjectStore store, ObjectStoreInfo info) implements ObjectFixture {
        @Override
        public ObjectStore store(Versioning versioning) {
            return store;
        }

        @Override
        public Set<ObjectAbility> abilities() {
            return Set.of();
        }

        @Override
        public void close() {
            // The bucket is not used again.
        }
    }
}
