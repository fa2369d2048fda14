package io.triport.storage.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketEnding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectStores.Place;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketEndTest {
    private static final BucketName ONE = new BucketName("one");
    private static final BucketName TWO = new BucketName("two");
    private static final ObjectKey KEY = ObjectKey.of("a");
    private static final Backend DISK = new Backend.FileSystem("objects");
    private static final int ROUNDS = 20;
    private static final int WRITERS = 8;

    private final Map<BucketName, BucketBinding> bindings = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private Buckets buckets;

    @BeforeEach
    void openBuckets() {
        buckets = new Buckets(
                bucket -> Optional.ofNullable(bindings.get(bucket)),
                directory,
                SettableClock.anywhere(),
                Ticker.system(),
                Randomness.system());
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void an_empty_bucket_ends_with_what_it_is_on() {
        bind(ONE, DISK, "");
        put(store(ONE));
        store(ONE).delete(List.of(ObjectRef.current(KEY)), Conditions.NONE);

        assertThat(end(ONE, Place.OWN)).isEqualTo(BucketEnding.ENDED);

        assertThat(buckets.bucket(ONE)).isEmpty();
        assertThat(directory.resolve("objects")).doesNotExist();
    }

    @Test
    void a_bucket_with_an_object_stays() {
        bind(ONE, DISK, "");
        put(store(ONE));

        assertThat(end(ONE, Place.OWN)).isEqualTo(BucketEnding.NOT_EMPTY);

        assertThat(found(store(ONE))).isTrue();
        put(store(ONE));
    }

    @Test
    void a_bucket_with_a_version_or_a_delete_marker_is_not_empty() {
        bindings.put(ONE, new BucketBinding(ONE, new Backend.Memory(), Bytes.EMPTY, Versioning.ENABLED));
        store(ONE).delete(List.of(ObjectRef.current(KEY)), Conditions.NONE);

        assertThat(end(ONE, Place.OWN)).isEqualTo(BucketEnding.NOT_EMPTY);
    }

    @Test
    void a_bucket_whose_name_is_not_taken_away_goes_on() {
        bind(ONE, DISK, "");
        var before = store(ONE);

        assertThat(buckets.end(ONE, Place.OWN, () -> false)).isEqualTo(BucketEnding.STAYS);
        assertThatThrownBy(() -> buckets.end(ONE, Place.OWN, () -> {
                    throw new IllegalStateException("the database is away");
                }))
                .isInstanceOf(IllegalStateException.class);

        put(before);
        assertThat(found(store(ONE))).isTrue();
    }

    @Test
    void while_the_name_is_being_taken_away_nothing_is_written() {
        bind(ONE, DISK, "");
        var before = store(ONE);

        assertThat(buckets.end(ONE, Place.SHARED, () -> {
                    assertThat(refusal(before)).isEqualTo(FailureCode.CONFLICT);
                    return bindings.remove(ONE) != null;
                }))
                .isEqualTo(BucketEnding.ENDED);

        assertThat(refusal(before)).isEqualTo(FailureCode.NOT_FOUND);
    }

    @Test
    void an_upload_that_is_not_completed_goes_with_its_bucket() {
        bind(ONE, DISK, "");
        bind(TWO, DISK, "two/");
        var before = store(ONE).uploads();
        var upload = before.start(KEY, UploadOptions.PLAIN);

        assertThat(end(ONE, Place.SHARED)).isEqualTo(BucketEnding.ENDED);

        assertThat(before.parts(upload, 0, 1)).isEmpty();
        put(store(TWO));
    }

    @Test
    void a_bucket_on_a_directory_of_several_ends_alone() {
        bind(ONE, DISK, "one/");
        bind(TWO, DISK, "two/");
        put(store(TWO));

        assertThat(end(ONE, Place.SHARED)).isEqualTo(BucketEnding.ENDED);

        assertThat(found(store(TWO))).isTrue();
        put(store(TWO));
    }

    @Test
    void a_bucket_that_is_made_again_is_empty_and_takes_writes() {
        bind(ONE, new Backend.Memory(), "");
        assertThat(end(ONE, Place.OWN)).isEqualTo(BucketEnding.ENDED);
        bind(ONE, new Backend.Memory(), "");

        assertThat(found(store(ONE))).isFalse();
        put(store(ONE));
        assertThat(found(store(ONE))).isTrue();
    }

    @Test
    void a_bucket_that_lies_with_somebody_else_stays() {
        var endpoint = URI.create("http://127.0.0.1:1");
        bind(ONE, new Backend.S3(endpoint, "r", "b", Backend.Addressing.PATH, new Backend.Signer.Nobody()), "");

        assertThat(end(ONE, Place.SHARED)).isEqualTo(BucketEnding.STAYS);
        assertThat(bindings).containsKey(ONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_write_that_was_answered_is_lost_with_a_bucket_that_ends_at_once(boolean onDisk) {
        for (var round = 0; round < ROUNDS; round++) {
            var backend = onDisk ? new Backend.FileSystem("objects-" + round) : new Backend.Memory();
            var name = new BucketName("round-" + round);
            bind(name, backend, "");

            var answers = AtOnce.run(WRITERS + 1, number -> () -> number == 0 ? end(name, Place.OWN) : written(name));

            var stored = answers.subList(1, answers.size()).contains(true);
            assertThat(stored && answers.getFirst() == BucketEnding.ENDED).isFalse();
            assertThat(buckets.bucket(name).isPresent()).isEqualTo(answers.getFirst() != BucketEnding.ENDED);
            if (stored) {
                assertThat(found(store(name))).isTrue();
            }
        }
    }

    private Object written(BucketName name) {
        try {
            return buckets.bucket(name)
                    .map(store -> store.put(KEY, Content.of(Bytes.utf8("v")), WriteOptions.PLAIN))
                    .filter(PutOutcome.Stored.class::isInstance)
                    .isPresent();
        } catch (StorageFailure e) {
            return false;
        }
    }

    private BucketEnding end(BucketName name, Place place) {
        return buckets.end(name, place, () -> bindings.remove(name) != null);
    }

    private void bind(BucketName name, Backend backend, String prefix) {
        bindings.put(name, new BucketBinding(name, backend, Bytes.utf8(prefix), Versioning.OFF));
    }

    private ObjectStore store(BucketName bucket) {
        return buckets.bucket(bucket).orElseThrow();
    }

    private static void put(ObjectStore store) {
        store.put(KEY, Content.of(Bytes.utf8("v")), WriteOptions.PLAIN);
    }

    private static FailureCode refusal(ObjectStore store) {
        try {
            put(store);
            throw new AssertionError("stored");
        } catch (StorageFailure e) {
            return e.code();
        }
    }

    private static boolean found(ObjectStore store) {
        return store.head(ObjectRef.current(KEY)) instanceof HeadOutcome.Found;
    }
}
