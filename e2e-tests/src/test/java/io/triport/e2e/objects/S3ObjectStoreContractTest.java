package io.triport.e2e.objects;

import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What stores of objects promise, of buckets behind an S3 endpoint: the adapter before it and the proxy behind it in one. */
final class S3ObjectStoreContractTest extends ObjectStoreContract {
    @TempDir
    private static Path data;

    private static EndpointBuckets buckets;

    @BeforeAll
    static void start() {
        buckets = new EndpointBuckets(data);
    }

    @AfterAll
    static void stop() {
        buckets.close();
    }

    @Override
    protected String adapter() {
        return "s3";
    }

    @Override
    protected ObjectFixture create() {
        return buckets.next();
    }
}
