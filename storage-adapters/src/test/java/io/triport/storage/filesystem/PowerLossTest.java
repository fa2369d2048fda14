package io.triport.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.Backend;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is there when the machine has lost its power, and with it whatever nobody has told the disk to keep. */
final class PowerLossTest {
    private static final ObjectKey KEY = ObjectKey.of("a");
    private static final ObjectKey OTHER = ObjectKey.of("b");
    private static final int LEAST_PART = (int) ObjectLimits.LEAST_PART_BYTES;

    private final ForgetfulDisk disk = new ForgetfulDisk();

    @TempDir
    private Path root;

    @Test
    void an_object_that_was_put_is_there() {
        var objects = open();
        put(objects, KEY, 1);

        try (var after = powerLost(objects)) {
            assertThat(bytes(after, KEY)).isEqualTo(content(1).whole());
        }
    }

    @Test
    void an_object_that_has_replaced_another_is_there() {
        var objects = open();
        put(objects, KEY, 1);
        put(objects, KEY, 2);

        try (var after = powerLost(objects)) {
            assertThat(bytes(after, KEY)).isEqualTo(content(2).whole());
        }
    }

    @Test
    void an_object_of_parts_is_there() {
        var objects = open();
        var uploads = store(objects).uploads();
        var upload = uploads.start(KEY, UploadOptions.PLAIN);
        var first = (PartOutcome.Stored) uploads.part(upload, 1, GeneratedContent.of(1, LEAST_PART), List.of());
        var last = (PartOutcome.Stored) uploads.part(upload, 2, content(2), List.of());
        var claims = List.of(
                new PartClaim(1, first.part().etag(), null),
                new PartClaim(2, last.part().etag(), null));

        assertThat(uploads.complete(upload, claims, CompleteOptions.PLAIN))
                .isInstanceOf(CompleteOutcome.Completed.class);

        try (var after = powerLost(objects)) {
            assertThat(bytes(after, KEY))
                    .isEqualTo(GeneratedContent.of(1, LEAST_PART)
                            .whole()
                            .concat(content(2).whole()));
        }
    }

    @Test
    void a_part_is_there_of_which_an_object_is_made_afterwards() {
        var objects = open();
        var upload = store(objects).uploads().start(KEY, UploadOptions.PLAIN);
        var only = (PartOutcome.Stored) store(objects).uploads().part(upload, 1, content(1), List.of());

        try (var after = powerLost(objects)) {
            var claim = new PartClaim(1, only.part().etag(), null);
            assertThat(store(after).uploads().complete(upload, List.of(claim), CompleteOptions.PLAIN))
                    .isInstanceOf(CompleteOutcome.Completed.class);
            assertThat(bytes(after, KEY)).isEqualTo(content(1).whole());
        }
    }

    @Test
    void a_copy_is_there_whose_source_was_deleted() {
        var objects = open();
        put(objects, KEY, 1);
        assertThat(store(objects).copy(CopySource.of(ObjectRef.current(KEY)), OTHER, CopyOptions.SAME))
                .isInstanceOf(CopyOutcome.Copied.class);
        store(objects).delete(List.of(ObjectRef.current(KEY)), Conditions.NONE);

        try (var after = powerLost(objects)) {
            assertThat(bytes(after, OTHER)).isEqualTo(content(1).whole());
            assertThat(store(after).list(ObjectQuery.all()).entries()).hasSize(1);
        }
    }

    @Test
    void a_directory_that_is_never_flushed_loses_what_was_answered() {
        var objects =
                ObjectDirectory.open(root, Backend.Flush.NEVER, 0, SettableClock.anywhere(), Randomness.system(), disk);
        put(objects, KEY, 1);
        objects.close();

        assertThat(disk.losePower(root)).isPositive();
    }

    private EmbeddedObjects powerLost(EmbeddedObjects objects) {
        objects.close();
        disk.losePower(root);
        var after = open();
        after.sweep();
        return after;
    }

    private EmbeddedObjects open() {
        return ObjectDirectory.open(root, 0, SettableClock.anywhere(), Randomness.system(), disk);
    }

    private static void put(EmbeddedObjects objects, ObjectKey key, int seed) {
        assertThat(store(objects).put(key, content(seed), WriteOptions.PLAIN)).isInstanceOf(PutOutcome.Stored.class);
    }

    private static ObjectStore store(EmbeddedObjects objects) {
        return objects.store(Versioning.OFF);
    }

    private static GeneratedContent content(int seed) {
        return GeneratedContent.of(seed, 300_000);
    }

    private static Bytes bytes(EmbeddedObjects objects, ObjectKey key) {
        var found = (GetOutcome.Found) store(objects).get(ObjectRef.current(key), ReadOptions.WHOLE);
        return GeneratedContent.read(found.content());
    }
}
