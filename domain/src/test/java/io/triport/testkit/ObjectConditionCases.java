package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ETagMatch;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.storage.ObjectCapability;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What reads, writes and deletes under conditions do, and which bytes a range gives. */
abstract class ObjectConditionCases extends ObjectValueCases {
    /** A condition, and what a read, a write over an object, and a write where nothing is come to. */
    private record Row(String name, Conditions conditions, String read, String write, String writeToNothing) {}

    @Test
    @Tag("OBJ-02")
    void conditions_decide_reads_and_writes_by_the_table() {
        for (var at = 0; at < table(put(KEY, "v")).size(); at++) {
            var row = table(put(KEY, "v")).get(at);

            assertThat(name(store().get(ref(KEY), new ReadOptions(null, row.conditions()))))
                    .as("read %s", row.name())
                    .isEqualTo(row.read());
            if (!declares(ObjectCapability.EVERY_CONDITION) && !ofS3(row.conditions())) {
                assertRefusedUnderTime(row.conditions());
                continue;
            }
            assertThat(name(putUnder(KEY, row.conditions())))
                    .as("write %s", row.name())
                    .isEqualTo(row.write());
            store().delete(List.of(ref(OTHER)), Conditions.NONE);
            assertThat(name(putUnder(OTHER, row.conditions())))
                    .as("write to nothing %s", row.name())
                    .isEqualTo(row.writeToNothing());
        }
    }

    /** Endpoints may know more conditions of tags than S3 has; times of writes cannot be said to them. */
    private void assertRefusedUnderTime(Conditions conditions) {
        if (conditions.ifModifiedSince() != null || conditions.ifUnmodifiedSince() != null) {
            assertFailure(FailureCode.UNSUPPORTED, () -> putUnder(KEY, conditions));
        }
    }

    /** Whether S3 has the conditions for writes. */
    private static boolean ofS3(Conditions conditions) {
        return conditions.ifModifiedSince() == null
                && conditions.ifUnmodifiedSince() == null
                && !(conditions.ifNoneMatch() instanceof ETagMatch.OneOf)
                && !(conditions.ifMatch() instanceof ETagMatch.OneOf(var tags) && tags.size() > 1)
                && (conditions.ifMatch() == null || conditions.ifNoneMatch() == null);
    }

    private static List<Row> table(ObjectInfo info) {
        var same = new ETagMatch.OneOf(Set.of(info.etag()));
        var other = new ETagMatch.OneOf(Set.of(WRONG));
        var both = new ETagMatch.OneOf(Set.of(info.etag(), WRONG));
        var any = new ETagMatch.Any();
        var at = info.modified();
        var before = at.minusSeconds(1);
        return List.of(
                row("none", null, null, null, null, "Found", "Stored", "Stored"),
                row("match same", same, null, null, null, "Found", "Stored", "Missing"),
                row("match other", other, null, null, null, "PreconditionFailed", "PreconditionFailed", "Missing"),
                row("match both", both, null, null, null, "Found", "Stored", "Missing"),
                row("match any", any, null, null, null, "Found", "Stored", "Missing"),
                row("none same", null, same, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("none other", null, other, null, null, "Found", "Stored", "Stored"),
                row("none both", null, both, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("none any", null, any, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("since at", null, null, at, null, "NotModified", "PreconditionFailed", "Stored"),
                row(
                        "since same second",
                        null,
                        null,
                        at.plusMillis(999),
                        null,
                        "NotModified",
                        "PreconditionFailed",
                        "Stored"),
                row("since before", null, null, before, null, "Found", "Stored", "Stored"),
                row("until at", null, null, null, at, "Found", "Stored", "Stored"),
                row("until before", null, null, null, before, "PreconditionFailed", "PreconditionFailed", "Stored"),
                row("match same, until before", same, null, null, before, "Found", "Stored", "Missing"),
                row(
                        "match other, until at",
                        other,
                        null,
                        null,
                        at,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Missing"),
                row("match same, none same", same, same, null, null, "NotModified", "PreconditionFailed", "Missing"),
                row("match same, none other", same, other, null, null, "Found", "Stored", "Missing"),
                row(
                        "match other, none other",
                        other,
                        other,
                        null,
                        null,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Missing"),
                row("none other, since at", null, other, at, null, "Found", "Stored", "Stored"),
                row("none same, since before", null, same, before, null, "NotModified", "PreconditionFailed", "Stored"),
                row("until at, none same", null, same, null, at, "NotModified", "PreconditionFailed", "Stored"),
                row(
                        "until before, since before",
                        null,
                        null,
                        before,
                        before,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Stored"),
                row("until at, since at", null, null, at, at, "NotModified", "PreconditionFailed", "Stored"));
    }

    private static Row row(
            String name,
            @Nullable ETagMatch match,
            @Nullable ETagMatch none,
            @Nullable Instant since,
            @Nullable Instant until,
            String read,
            String write,
            String nothing) {
        return new Row(name, new Conditions(match, none, since, until), read, write, nothing);
    }

    @Test
    @Tag("OBJ-02")
    void a_write_that_is_refused_leaves_the_object_and_gives_its_content_back() {
        put(KEY, "old");
        var refused = GeneratedContent.of(1, 10);

        var outcome = store().put(KEY, refused, WriteOptions.PLAIN.under(Conditions.CREATE_ONLY));

        assertThat(outcome).isInstanceOf(PutOutcome.PreconditionFailed.class);
        assertThat(refused.closed()).isTrue();
        assertThat(text(KEY)).isEqualTo("old");
    }

    @Test
    @Tag("OBJ-02")
    void a_read_that_is_not_modified_tells_what_is_there() {
        var info = put(KEY, "v");

        var outcome = store().get(
                        ref(KEY),
                        new ReadOptions(
                                null, new Conditions(null, new ETagMatch.OneOf(Set.of(info.etag())), null, null)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        GetOutcome.NotModified.class,
                        same -> assertThat(told(same.info()).etag()).isEqualTo(info.etag()));
        if (declares(ObjectCapability.TELLS_ALL)) {
            assertThat(outcome).isEqualTo(new GetOutcome.NotModified(info));
        }
    }

    @Test
    @Tag("OBJ-02")
    void a_read_whose_condition_fails_tells_what_is_there_and_not_its_bytes() {
        var info = put(KEY, "v");

        var outcome = store().get(ref(KEY), new ReadOptions(null, Conditions.ifMatch(WRONG)));

        assertThat(outcome).isInstanceOf(GetOutcome.PreconditionFailed.class);
        requireAllTold(outcome, new GetOutcome.PreconditionFailed(info));
    }

    @Test
    @Tag("OBJ-02")
    void a_delete_may_have_a_condition() {
        var info = put(KEY, "v");

        assertThat(delete(Conditions.ifMatch(WRONG), ref(KEY)))
                .containsExactly(new DeleteOutcome.PreconditionFailed(ref(KEY)));
        assertThat(text(KEY)).isEqualTo("v");
        assertThat(delete(Conditions.ifMatch(info.etag()), ref(OTHER)))
                .containsExactly(new DeleteOutcome.Missing(ref(OTHER)));
        assertThat(delete(Conditions.ifMatch(info.etag()), ref(KEY)))
                .containsExactly(new DeleteOutcome.Deleted(ref(KEY), null, false));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-03")
    void of_64_writers_that_create_only_one_wins() {
        var outcomes = AtOnce.run(64, number -> () -> {
            var options = WriteOptions.PLAIN.under(Conditions.CREATE_ONLY);
            return name(store().put(KEY, content("writer " + number), options))
                    + (text(KEY).equals("writer " + number) ? " and is there" : "");
        });

        assertThat(outcomes).filteredOn("Stored and is there"::equals).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> outcome.startsWith("Stored")).hasSize(1);
    }

    @Test
    @Tag("OBJ-03")
    void of_writers_that_replace_the_same_version_one_wins() {
        var before = put(KEY, "before");

        var outcomes = AtOnce.run(
                16,
                number -> () -> name(store().put(
                                KEY,
                                content("writer " + number),
                                WriteOptions.PLAIN.under(Conditions.ifMatch(before.etag())))));

        assertThat(outcomes).filteredOn("Stored"::equals).hasSize(1);
    }

    @Test
    @Tag("OBJ-04")
    void a_range_gives_its_bytes() {
        store().put(KEY, GeneratedContent.of(4, 300_000), WriteOptions.PLAIN);
        var whole = GeneratedContent.of(4, 300_000).whole();

        assertThat(slice(new ByteRange.Between(0, 0))).isEqualTo(whole.slice(0, 1));
        assertThat(slice(new ByteRange.Between(10, 19))).isEqualTo(whole.slice(10, 20));
        assertThat(slice(new ByteRange.Between(131_070, 131_074))).isEqualTo(whole.slice(131_070, 131_075));
        assertThat(slice(new ByteRange.Between(299_990, 400_000))).isEqualTo(whole.slice(299_990, 300_000));
        assertThat(slice(new ByteRange.Between(0, Long.MAX_VALUE))).isEqualTo(whole);
        assertThat(slice(new ByteRange.From(0))).isEqualTo(whole);
        assertThat(slice(new ByteRange.From(262_144))).isEqualTo(whole.slice(262_144, 300_000));
        assertThat(slice(new ByteRange.From(299_999))).isEqualTo(whole.slice(299_999, 300_000));
        assertThat(slice(new ByteRange.Last(1))).isEqualTo(whole.slice(299_999, 300_000));
        assertThat(slice(new ByteRange.Last(200_000))).isEqualTo(whole.slice(100_000, 300_000));
        assertThat(slice(new ByteRange.Last(Long.MAX_VALUE))).isEqualTo(whole);
        assertThat(slice(new ByteRange.Part(1))).isEqualTo(whole);
    }

    @Test
    @Tag("OBJ-04")
    void a_range_with_nothing_in_it_is_refused() {
        put(KEY, "0123456789");
        put(OTHER, "");

        Stream.of(
                        new ByteRange.Between(10, 20),
                        new ByteRange.From(10),
                        new ByteRange.From(Long.MAX_VALUE),
                        new ByteRange.Last(0),
                        new ByteRange.Part(2))
                .forEach(range -> assertThat(store().get(ref(KEY), ReadOptions.of(range)))
                        .as("%s", range)
                        .isEqualTo(new GetOutcome.RangeRefused(10)));
        Stream.of(new ByteRange.Between(0, 0), new ByteRange.From(0), new ByteRange.Last(5))
                .forEach(range -> assertThat(store().get(ref(OTHER), ReadOptions.of(range)))
                        .as("%s of nothing", range)
                        .isEqualTo(new GetOutcome.RangeRefused(0)));
    }

    private static String name(Object outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            found.content().close();
        }
        return outcome.getClass().getSimpleName();
    }
}
