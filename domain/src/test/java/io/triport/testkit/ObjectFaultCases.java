package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left when readers meet writers, a body breaks off, a process is killed, a bit flips, or the disk is full. */
abstract class ObjectFaultCases extends ObjectUploadCases {
    /** No test depends on it: it only ends one that would hang. */
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);

    @Test
    @Tag("OBJ-13")
    void a_reader_finishes_on_the_version_it_opened() {
        store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN);
        var opened = found(KEY);
        try (var reader = new ContentReader(opened.content())) {
            var first = Bytes.from(Objects.requireNonNull(next(reader)));

            put(KEY, "overwritten");
            delete(Conditions.NONE, ref(KEY));

            assertThat(first.concat(rest(reader)))
                    .isEqualTo(GeneratedContent.of(1, 1_000_000).whole());
        }
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-13")
    void a_reader_of_parts_finishes_on_the_version_it_opened() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = part(upload, 1, GeneratedContent.of(1, LEAST_PART));
        var two = part(upload, 2, GeneratedContent.of(2, 1_000));
        complete(upload, one, two);
        var opened = found(KEY);
        try (var reader = new ContentReader(opened.content())) {
            var first = Bytes.from(Objects.requireNonNull(next(reader)));

            put(KEY, "overwritten");

            assertThat(first.concat(rest(reader)))
                    .isEqualTo(GeneratedContent.of(1, LEAST_PART)
                            .whole()
                            .concat(GeneratedContent.of(2, 1_000).whole()));
        }
        assertThat(text(KEY)).isEqualTo("overwritten");
    }

    @Test
    @Tag("OBJ-13")
    void readers_and_writers_at_once_never_see_a_mixture() {
        var wholes = IntStream.range(0, 4)
                .mapToObj(seed -> GeneratedContent.of(seed, 300_000).whole())
                .collect(Collectors.toSet());
        store().put(KEY, GeneratedContent.of(0, 300_000), WriteOptions.PLAIN);

        var seen = AtOnce.run(8, caller -> () -> caller < 4 ? overwrite(caller) : readOften());

        assertThat(seen.stream().flatMap(Set::stream))
                .isNotEmpty()
                .allSatisfy(bytes -> assertThat(wholes).contains(bytes));
    }

    private Set<Bytes> overwrite(int seed) {
        for (var round = 0; round < 10; round++) {
            stored(store().put(KEY, GeneratedContent.of(seed, 300_000), WriteOptions.PLAIN));
        }
        return Set.of();
    }

    private Set<Bytes> readOften() {
        var seen = new HashSet<Bytes>();
        for (var round = 0; round < 20; round++) {
            seen.add(bytes(KEY));
        }
        return seen;
    }

    @Test
    @Tag("OBJ-14")
    void an_upload_that_breaks_off_leaves_the_old_object() {
        put(KEY, "old");
        var upload = store().uploads().start(OTHER, UploadOptions.PLAIN);
        var broken = GeneratedContent.of(1, 500_000).breakingAfter(300_000);
        var brokenPart = GeneratedContent.of(1, 500_000).breakingAfter(300_000);

        assertThatThrownBy(() -> store().put(KEY, broken, WriteOptions.PLAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the client has gone");
        assertThatThrownBy(() -> store().uploads().part(upload, 1, brokenPart, List.of()))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(broken.closed()).isTrue();
        assertThat(brokenPart.closed()).isTrue();
        assertThat(text(KEY)).isEqualTo("old");
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
        if (fixture.abilities().contains(ObjectAbility.KILL)) {
            assertThat(fixture.leftOver()).isZero();
        }
    }

    @Test
    @Tag("OBJ-14")
    void a_body_that_says_it_is_too_long_is_not_read() {
        var content = new SizedContent(ObjectLimits.PUT_BYTES + 1);

        assertFailure(FailureCode.TOO_LARGE, () -> store().put(KEY, content, WriteOptions.PLAIN));

        assertThat(content.read()).isFalse();
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-14")
    void a_write_whose_caller_is_interrupted_ends_and_stores_nothing() throws InterruptedException {
        put(KEY, "old");
        var upload = store().uploads().start(OTHER, UploadOptions.PLAIN);
        var first = GeneratedContent.of(1, 100_000).whole();

        assertInterrupted(new HangingContent(first, 500_000), content -> store().put(KEY, content, WriteOptions.PLAIN));
        assertInterrupted(
                new HangingContent(first, 500_000), content -> store().uploads().part(upload, 1, content, List.of()));

        assertThat(text(KEY)).isEqualTo("old");
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
    }

    /** That the call is done with its content and its thread soon after it was interrupted, and says so. */
    private static void assertInterrupted(HangingContent content, Consumer<Content> call) throws InterruptedException {
        var thrown = new AtomicReference<@Nullable Throwable>();
        var caller = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(() -> call.accept(content))));
        content.awaitHanging();

        caller.interrupt();

        assertThat(caller.join(ENDS_WITHIN)).isTrue();
        assertThat(thrown.get()).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(content.givenBack()).isTrue();
    }

    @Test
    @Tag("OBJ-15")
    void a_process_that_is_killed_at_any_step_leaves_the_old_or_the_new() {
        requires(ObjectAbility.KILL);
        assertThat(fixture.steps()).isNotEmpty();
        for (var step : fixture.steps()) {
            store().put(KilledObjectWriter.REPLACED, KilledObjectWriter.before(), WriteOptions.PLAIN);
            store().put(KilledObjectWriter.REMOVED, KilledObjectWriter.before(), WriteOptions.PLAIN);
            delete(Conditions.NONE, ref(KilledObjectWriter.COMPLETED));

            fixture.killAt(step);

            assertOldOrNew(step);
            var listed = keys(walk(ObjectQuery.all()));
            assertThat(listed)
                    .as(step)
                    .allSatisfy(name -> assertThat(bytes(ObjectKey.of(name))).isNotEqualTo(Bytes.EMPTY));
            for (var entry : store().uploads().list(UploadQuery.all()).entries()) {
                assertThat(store().uploads().abort(((UploadPage.Entry.Upload) entry).upload()))
                        .isTrue();
            }
            assertThat(fixture.leftOver()).as(step).isZero();
        }
    }

    private void assertOldOrNew(String step) {
        var before = read(KilledObjectWriter.before());
        assertThat(bytes(KilledObjectWriter.REPLACED))
                .as(step)
                .isIn(before, KilledObjectWriter.replacement().whole());
        if (store().head(ref(KilledObjectWriter.REMOVED)) instanceof HeadOutcome.Found) {
            assertThat(bytes(KilledObjectWriter.REMOVED)).as(step).isEqualTo(before);
        }
        if (store().head(ref(KilledObjectWriter.COMPLETED)) instanceof HeadOutcome.Found) {
            assertThat(bytes(KilledObjectWriter.COMPLETED))
                    .as(step)
                    .isEqualTo(KilledObjectWriter.part(1)
                            .whole()
                            .concat(KilledObjectWriter.part(2).whole()));
        }
    }

    @Test
    @Tag("OBJ-16")
    void a_flipped_bit_is_noticed_before_its_block_leaves() {
        requires(ObjectAbility.FLIP_BIT);
        store().put(KEY, GeneratedContent.of(1, 350_000), WriteOptions.PLAIN);
        put(OTHER, "whole");

        fixture.flipBit(KEY, 300_000);

        var whole = GeneratedContent.of(1, 350_000).whole();
        assertThat(slice(new ByteRange.Between(0, 1_000))).isEqualTo(whole.slice(0, 1_001));
        assertFailure(FailureCode.CORRUPT, () -> bytes(KEY));
        assertFailure(FailureCode.CORRUPT, () -> slice(new ByteRange.Last(1)));
        assertThat(text(OTHER)).isEqualTo("whole");
    }

    @Test
    @Tag("OBJ-17")
    void an_object_of_5_gib_passes_through_a_heap_of_64_mib() {
        requires(ObjectAbility.SMALL_HEAP);

        // Of 5 GiB of zeros.
        assertThat(fixture.passThroughSmallHeap(ByteSize.ofBytes(ObjectLimits.PUT_BYTES)))
                .isEqualTo("ec4bcc8776ea04479b786e063a9ace45");
    }

    @Test
    @Tag("OBJ-18")
    void a_delete_of_1000_tells_each_outcome_in_order() {
        var there = IntStream.range(0, 1_000).mapToObj(ObjectFaultCases::key).toList();
        there.stream().limit(500).forEach(name -> put(name, "v"));
        var mixed = there.stream().map(ObjectRef::current).toList();

        var outcomes = store().delete(mixed, Conditions.NONE);

        assertThat(outcomes)
                .hasSize(1_000)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DeleteOutcome.Deleted.class));
        assertThat(outcomes).extracting(DeleteOutcome::object).isEqualTo(mixed);
        assertThat(walk(ObjectQuery.all())).isEmpty();
    }

    @Test
    @Tag("OBJ-18")
    void a_delete_has_1_to_1000_objects() {
        var many =
                IntStream.range(0, 1_001).mapToObj(number -> ref(key(number))).toList();

        assertFailure(FailureCode.BAD_REQUEST, () -> store().delete(many, Conditions.NONE));
        assertFailure(FailureCode.BAD_REQUEST, () -> store().delete(List.of(), Conditions.NONE));
    }

    @Test
    @Tag("OBJ-19")
    void a_full_disk_leaves_the_old_object_and_goes_on_when_there_is_room() {
        requires(ObjectAbility.FULL_DISK);
        put(KEY, "old");

        fixture.room(ByteSize.ofKiB(200));

        assertFailure(FailureCode.FULL, () -> store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN));
        assertThat(text(KEY)).isEqualTo("old");
        assertThat(keys(walk(ObjectQuery.all()))).containsExactly(KEY.text());
        assertThat(fixture.leftOver()).isZero();
        fixture.room(ByteSize.ofMiB(100));
        store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN);
        assertThat(info(KEY).size()).isEqualTo(1_000_000);
    }

    private static Bytes rest(ContentReader reader) {
        var all = new ByteArrayOutputStream();
        for (var piece = next(reader); piece != null; piece = next(reader)) {
            all.writeBytes(Bytes.from(piece).toByteArray());
        }
        return Bytes.copyOf(all.toByteArray());
    }
}
