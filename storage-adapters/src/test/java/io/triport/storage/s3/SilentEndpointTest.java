package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.storage.Storage;
import io.triport.testkit.EndedCalls;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An endpoint that takes connections and requests, and says nothing. */
final class SilentEndpointTest {
    private static final BucketName BUCKET = new BucketName("bucket");
    private static final ObjectKey KEY = ObjectKey.of("k");

    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void a_read_ends_at_its_deadline() {
        assertThat(ended(store -> store.head(ObjectRef.current(KEY)))).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(ended(store -> store.get(ObjectRef.current(KEY), ReadOptions.WHOLE)))
                .isEqualTo(FailureCode.UNAVAILABLE);
    }

    @Test
    void a_write_whose_body_was_taken_may_have_been_done() {
        var content = PieceContent.of(100);

        assertThat(ended(store -> store.put(KEY, content, WriteOptions.PLAIN))).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    }

    private FailureCode ended(Consumer<ObjectStore> call) {
        var asked = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        try (var server = RawServer.playing((request, number) -> {
            request.readBody();
            asked.countDown();
            over.await();
        })) {
            var key = new Backend.Signer.Key(S3Server.KEY_ID, Secret.of(S3Server.SECRET), Secret.of(""));
            var endpoint = S3.of(
                            Path.of("target", "spool"),
                            Clock.systemUTC(),
                            new SettableTicker(),
                            new SeededRandomness(1))
                    .store(S3Server.binding(S3Server.backend(server.uri(), key)), PassedFields.NONE);
            var calls = new EndedCalls(new FakeStorageEngine(clock), bucket -> Optional.of(endpoint), clock);
            var code = calls.ended(storage -> call.accept(objects(storage)), () -> await(asked));
            over.countDown();
            return code;
        }
    }

    private ObjectStore objects(Storage storage) {
        return storage.objects(new TestGrants(clock).ofEverything(), BUCKET);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
