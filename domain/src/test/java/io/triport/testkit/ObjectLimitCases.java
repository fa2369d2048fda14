package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.ObjectCapability;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers at their bounds, and one beyond. */
abstract class ObjectLimitCases extends ObjectVersionCases {
    @Test
    @Tag("OBJ-LIMITS")
    void metadata_has_8192_bytes_in_sum_however_many_characters_these_are() {
        var most = new UserMetadata(Map.of("a", "\u20AC".repeat(2_000), "bc", "x".repeat(8_192 - 6_003)));
        var less = new UserMetadata(Map.of("a", "x".repeat(1_500)));

        assertThat(most.bytes()).isEqualTo(8_192);
        assertInvalid(
                () -> new UserMetadata(Map.of("a", "\u20AC".repeat(2_000), "bc", "x".repeat(8_193 - 6_003))),
                () -> new UserMetadata(Map.of("\u20AC".repeat(2_731), "")));
        // Where any text is taken, so is as much of it.
        var metadata = declares(ObjectCapability.ANY_TEXT) ? most : less;
        stored(store().put(
                        KEY,
                        content("v"),
                        new WriteOptions(
                                HttpMetadata.NONE,
                                metadata,
                                Tags.NONE,
                                StorageClass.STANDARD,
                                Conditions.NONE,
                                List.of())));
        assertThat(info(KEY).user()).isEqualTo(metadata);
    }

    @Test
    @Tag("OBJ-LIMITS")
    void an_object_has_at_most_10_tags() {
        var ten = new Tags(tags(10));

        put(KEY, "v");
        store().tagging().put(ref(KEY), ten);

        assertThat(store().tagging().get(ref(KEY))).contains(ten);
        assertInvalid(() -> new Tags(tags(11)));
    }

    @Test
    @Tag("OBJ-LIMITS")
    void a_page_has_1_to_1000_entries() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        part(upload, 1, content("v"));

        Stream.of(Integer.MIN_VALUE, -1, 0, 1_001)
                .forEach(limit -> assertInvalid(
                        () -> ObjectQuery.all().limitedTo(limit),
                        () -> new UploadQuery(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, null, limit),
                        () -> store().uploads().parts(upload, 0, limit)));
        assertThat(walk(ObjectQuery.all().limitedTo(1_000))).isEmpty();
        assertThat(store().uploads().parts(upload, 0, 1_000).orElseThrow().parts())
                .hasSize(1);
    }

    @Test
    @Tag("OBJ-LIMITS")
    void a_part_has_a_number_of_1_to_10000() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        put(OTHER, "v");

        for (var number : List.of(Integer.MIN_VALUE, -1, 0, 10_001)) {
            var unread = GeneratedContent.of(1, 10);
            assertInvalid(
                    () -> store().uploads().part(upload, number, unread, List.of()),
                    () -> store().uploads().copyPart(upload, number, CopySource.of(ref(OTHER))));
            assertThat(unread.closed()).isTrue();
        }
        var last = part(upload, 10_000, content("v"));
        assertThat(complete(upload, last).size()).isEqualTo(1);
    }

    @Test
    @Tag("OBJ-LIMITS")
    void a_completion_names_1_to_10000_parts() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var only = part(upload, 1, content("v"));
        var tooMany = IntStream.rangeClosed(1, ObjectLimits.PARTS + 1)
                .mapToObj(number -> new PartClaim(number, WRONG, null))
                .toList();

        assertFailure(
                FailureCode.BAD_REQUEST, () -> store().uploads().complete(upload, List.of(), CompleteOptions.PLAIN));
        assertFailure(
                FailureCode.BAD_REQUEST, () -> store().uploads().complete(upload, tooMany, CompleteOptions.PLAIN));
        assertThat(complete(upload, only).size()).isEqualTo(1);
    }

    @Test
    @Tag("OBJ-LIMITS")
    void a_part_that_says_that_it_is_too_long_is_not_read() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var content = new SizedContent(ObjectLimits.PUT_BYTES + 1);

        assertFailure(FailureCode.TOO_LARGE, () -> store().uploads().part(upload, 1, content, List.of()));

        assertThat(content.read()).isFalse();
        assertThat(content.closed()).isTrue();
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
    }

    @Test
    @Tag("OBJ-10")
    void a_part_before_the_last_has_5_mib_to_the_byte() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var last = claim(part(upload, 2, content("last")));
        var byteLess = claim(part(upload, 1, GeneratedContent.of(1, LEAST_PART - 1L)));

        assertThat(told(store().uploads().complete(upload, List.of(byteLess, last), CompleteOptions.PLAIN)))
                .isEqualTo(told(new CompleteOutcome.PartTooSmall(1, LEAST_PART - 1L)));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
        var whole = claim(part(upload, 1, GeneratedContent.of(1, LEAST_PART)));
        assertThat(store().uploads().complete(upload, List.of(whole, last), CompleteOptions.PLAIN))
                .isInstanceOf(CompleteOutcome.Completed.class);
        assertThat(info(KEY).size()).isEqualTo(LEAST_PART + 4L);
    }

    @Test
    @Tag("OBJ-12")
    void an_upload_that_was_completed_cannot_be_aborted() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        complete(upload, part(upload, 1, content("v")));

        assertThat(store().uploads().abort(upload)).isFalse();

        assertThat(text(KEY)).isEqualTo("v");
    }

    @Test
    @Tag("OBJ-06")
    void the_longest_keys_are_listed_page_by_page() {
        var longest = fixture.info().longestKey();
        var names = Stream.of("a", "b", "c")
                .map(end -> "\u20AC".repeat((longest - 1) / 3) + "x".repeat((longest - 1) % 3) + end)
                .toList();
        names.forEach(this::put);

        var first = store().list(ObjectQuery.all().limitedTo(1));

        assertThat(names)
                .allSatisfy(
                        name -> assertThat(ObjectKey.of(name).bytes().size()).isEqualTo(longest));
        assertThat(next(first).length()).isLessThanOrEqualTo(2_048);
        assertThat(keys(walk(ObjectQuery.all().limitedTo(1)))).isEqualTo(names);
    }

    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.toMap(Function.identity(), number -> "v"));
    }

    private static void assertInvalid(ThrowingCallable... calls) {
        List.of(calls).forEach(call -> assertThatThrownBy(call).isInstanceOf(InvalidInput.class));
    }
}
