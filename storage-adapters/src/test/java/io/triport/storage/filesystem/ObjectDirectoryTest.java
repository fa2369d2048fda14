package io.triport.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Backend;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.storage.Durability;
import io.triport.domain.time.Randomness;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the directory, and what happens when the disk does not do what it should. */
final class ObjectDirectoryTest {
    private static final ObjectKey KEY = ObjectKey.of("a");

    private final DirectoryFixture fixture = new DirectoryFixture();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_directory_belongs_to_one_process() {
        assertThatThrownBy(() -> ObjectDirectory.open(
                        fixture.root(), Backend.Flush.COMMIT, fixture.clock(), Randomness.system()))
                .isInstanceOf(StorageFailure.Unavailable.class)
                .hasMessageContaining("held by another process");
    }

    @Test
    void a_file_that_no_row_names_goes_with_the_next_sweep() throws IOException {
        put("kept");
        var stray = fixture.root().resolve("data").resolve("00").resolve("0123456789abcdef0123456789abcd00");
        var unfinished = fixture.root().resolve("tmp").resolve("0123456789abcdef0123456789abcd01");
        Files.writeString(stray, "stray");
        Files.writeString(unfinished, "unfinished");

        fixture.sweep();

        assertThat(stray).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(text()).isEqualTo("kept");
    }

    @Test
    void a_write_that_goes_on_is_not_swept_away() {
        var store = fixture.store(Versioning.OFF);
        var swept = new SweepingContent(GeneratedContent.of(1, 400_000), fixture::sweep);

        store.put(KEY, swept, WriteOptions.PLAIN);

        assertThat(size()).isEqualTo(400_000);
    }

    @Test
    void a_file_that_was_cut_is_corrupt() throws IOException {
        fixture.store(Versioning.OFF).put(KEY, GeneratedContent.of(1, 400_000), WriteOptions.PLAIN);
        try (var file = FileChannel.open(fixture.fileOf(KEY), StandardOpenOption.WRITE)) {
            file.truncate(300_000);
        }

        assertFailure(FailureCode.CORRUPT, this::text);
    }

    @Test
    void a_file_that_is_missing_is_corrupt() throws IOException {
        put("v");
        Files.delete(fixture.fileOf(KEY));

        assertFailure(FailureCode.CORRUPT, this::text);
    }

    @Test
    void a_copy_shares_the_bytes_of_its_source() throws IOException {
        put("v");
        var copy = ObjectKey.of("b");

        fixture.store(Versioning.OFF).copy(CopySource.of(ObjectRef.current(KEY)), copy, CopyOptions.SAME);

        assertThat(fixture.fileOf(copy)).isNotEqualTo(fixture.fileOf(KEY));
        assertThat(Files.getAttribute(fixture.fileOf(copy), "unix:ino"))
                .isEqualTo(Files.getAttribute(fixture.fileOf(KEY), "unix:ino"));
    }

    @Test
    void a_write_whose_fsync_fails_is_refused_and_leaves_nothing() {
        var failing = new AtomicBoolean();
        var disk = new Disk() {
            @Override
            public void force(FileChannel channel) throws IOException {
                if (failing.get()) {
                    throw new IOException("Input/output error");
                }
                Disk.super.force(channel);
            }
        };
        try (var objects = ObjectDirectory.open(directory, 0, fixture.clock(), Randomness.system(), disk)) {
            var store = objects.store(Versioning.OFF);
            store.put(KEY, content("old"), WriteOptions.PLAIN);
            failing.set(true);

            assertFailure(FailureCode.UNAVAILABLE, () -> store.put(KEY, content("new"), WriteOptions.PLAIN));

            failing.set(false);
            assertThat(store.get(ObjectRef.current(KEY), ReadOptions.WHOLE))
                    .isInstanceOfSatisfying(
                            GetOutcome.Found.class,
                            found -> assertThat(read(found.content())).isEqualTo("old"));
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    @Test
    void how_often_the_disk_is_told_to_keep_is_the_policy() {
        assertThat(forces(Backend.Flush.NEVER)).isZero();
        assertThat(forces(Backend.Flush.COMMIT)).isPositive().isLessThan(forces(Backend.Flush.ALWAYS));
        assertThat(ObjectDirectory.info(Backend.Flush.NEVER).durability()).isEqualTo(Durability.VOLATILE);
        assertThat(ObjectDirectory.info(Backend.Flush.ALWAYS).durability()).isEqualTo(Durability.DURABLE);
    }

    /** How often while an object of several blocks is written. */
    private int forces(Backend.Flush flush) {
        var forces = new AtomicInteger();
        var disk = new Disk() {
            @Override
            public void force(FileChannel channel) throws IOException {
                forces.incrementAndGet();
                Disk.super.force(channel);
            }
        };
        var root = directory.resolve(flush.name());
        try (var objects = ObjectDirectory.open(root, flush, 0, fixture.clock(), Randomness.system(), disk)) {
            var opening = forces.get();
            objects.store(Versioning.OFF).put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN);
            assertThat(objects.answers()).isTrue();
            return flush == Backend.Flush.NEVER ? forces.get() : forces.get() - opening;
        }
    }

    @Test
    void uploads_are_kept_for_as_long_as_is_said() {
        var store = fixture.store(Versioning.OFF);
        var upload = store.uploads().start(KEY, UploadOptions.PLAIN);
        fixture.clock().advance(Duration.ofHours(3));

        fixture.sweep(Duration.ofHours(4));
        assertThat(store.uploads().parts(upload, 0, 1)).isPresent();
        fixture.sweep(Duration.ofHours(2));

        assertThat(store.uploads().parts(upload, 0, 1)).isEmpty();
    }

    private void put(String text) {
        fixture.store(Versioning.OFF).put(KEY, content(text), WriteOptions.PLAIN);
    }

    private String text() {
        return read(found().content());
    }

    private long size() {
        var found = found();
        found.content().close();
        return found.info().size();
    }

    private GetOutcome.Found found() {
        return (GetOutcome.Found) fixture.store(Versioning.OFF).get(ObjectRef.current(KEY), ReadOptions.WHOLE);
    }

    private static Content content(String text) {
        return Content.of(Bytes.utf8(text));
    }

    private static String read(Content content) {
        return GeneratedContent.read(content).toUtf8();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
