package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorLimits;
import io.triport.domain.vector.VectorLines;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorNamespace;
import io.triport.domain.vector.VectorPage;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorQuery.Returned;
import io.triport.domain.vector.VectorValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every vector index promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class VectorIndexContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("vector-matrix", "V-", test -> ((VectorIndexContract) test).adapter());

    private static final IndexName NAME = new IndexName("films");
    private static final Returned ALL = new Returned(Returned.Values.WHOLE, Returned.Metadata.ALL);
    private static final double CLOSE = 1e-5;
    private static final int DIMENSIONS = 128;
    private static final int SET = 20_000;
    private static final int BATCH = 1_000;
    private static final int QUERIES = 50;
    private static final double RECALL = 0.95;

    private VectorFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract VectorFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("V-01")
    void a_vector_has_up_to_1536_values_that_come_back_as_they_went() {
        var index = make(VectorValues.MOST, Metric.COSINE);
        var values = new float[VectorValues.MOST];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i) * (i % 3 == 0 ? Float.MIN_VALUE : 1);
        }
        var vector = Vector.of("a", values);

        index.upsert(List.of(vector));

        assertThat(index.get(Set.of(vector.id()))).containsExactly(vector);
        assertThat(index.nearest(VectorQuery.near(vector.values(), 1))
                        .getFirst()
                        .score())
                .isCloseTo(1, within(CLOSE));
        assertThatThrownBy(() -> new IndexShape(1_537, Metric.COSINE)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new IndexShape(0, Metric.COSINE)).isInstanceOf(InvalidInput.class);
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorValues.of(new float[1_537]));
        assertFailure(FailureCode.BAD_REQUEST, VectorValues::of);
    }

    @Test
    @Tag("V-01")
    void a_vector_of_other_dimensions_is_refused_and_so_are_those_with_it() {
        var index = make(3, Metric.EUCLIDEAN);
        var good = Vector.of("a", 1, 2, 3);
        var bad = Vector.of("b", 1, 2);

        assertFailure(FailureCode.BAD_REQUEST, () -> index.insert(List.of(good, bad)));
        assertFailure(FailureCode.BAD_REQUEST, () -> index.upsert(List.of(good, bad)));
        assertFailure(FailureCode.BAD_REQUEST, () -> index.nearest(VectorQuery.near(bad.values(), 1)));

        assertThat(index.describe().vectors()).isZero();
    }

    @Test
    @Tag("V-01")
    void ids_and_namespaces_have_64_bytes_and_metadata_10_kib() {
        var index = make(1, Metric.EUCLIDEAN);
        var longest = "\u20AC".repeat(21) + "a";
        var largest = new VectorMetadata("{ \"a\" : \"" + "x".repeat(10_240 - 8) + "\" }");
        var vector = Vector.of(longest, 1).in(VectorNamespace.of(longest)).with(largest);

        index.insert(List.of(vector));

        assertThat(index.get(Set.of(vector.id()))).containsExactly(vector);
        assertFailure(FailureCode.KEY_TOO_LONG, () -> VectorId.of(longest + "a"));
        assertFailure(FailureCode.KEY_TOO_LONG, () -> VectorNamespace.of(longest + "a"));
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorId.of(""));
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorId.of("\uD83D"));
        assertFailure(FailureCode.TOO_LARGE, () -> new VectorMetadata("{\"a\":\"" + "x".repeat(10_240 - 7) + "\"}"));
        assertFailure(FailureCode.BAD_REQUEST, () -> new VectorMetadata("[1]"));
        assertFailure(FailureCode.BAD_REQUEST, () -> new VectorMetadata("{\"a\":01}"));
    }

    @Test
    @Tag("V-01")
    void a_call_takes_1_to_1000_vectors_or_ids() {
        var index = make(1, Metric.EUCLIDEAN);
        var most = numbered(0, BATCH);
        var ids = most.stream().map(Vector::id).collect(Collectors.toSet());

        assertThat(index.insert(most).changed()).isEqualTo(BATCH);
        assertThat(index.get(ids)).hasSize(BATCH);
        assertThat(index.delete(ids).changed()).isEqualTo(BATCH);

        var more = numbered(0, BATCH + 1);
        var moreIds = more.stream().map(Vector::id).collect(Collectors.toSet());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> index.insert(more),
                () -> index.upsert(more),
                () -> index.delete(moreIds),
                () -> index.get(moreIds))) {
            assertFailure(FailureCode.TOO_LARGE, call);
        }
        assertFailure(FailureCode.BAD_REQUEST, () -> index.insert(List.of()));
        assertFailure(FailureCode.BAD_REQUEST, () -> index.upsert(List.of()));
        assertFailure(FailureCode.BAD_REQUEST, () -> index.delete(Set.of()));
        assertFailure(FailureCode.BAD_REQUEST, () -> index.get(Set.of()));
    }

    @Test
    @Tag("V-01")
    void an_index_has_no_more_vectors_than_it_may() {
        make(1, Metric.EUCLIDEAN);
        fixture.reopen(new VectorLimits(3, 1));
        var index = opened();
        index.upsert(numbered(0, 2));

        assertFailure(FailureCode.TOO_LARGE, () -> index.insert(numbered(1, 4)));
        assertFailure(FailureCode.TOO_LARGE, () -> index.upsert(numbered(1, 4)));
        index.upsert(numbered(0, 3));
        index.delete(Set.of(VectorId.of("0")));
        index.insert(numbered(1, 4));

        assertThat(index.describe().vectors()).isEqualTo(3);
    }

    @Test
    @Tag("V-01")
    void ten_properties_are_indexed_each_as_one_type() {
        var index = make(1, Metric.EUCLIDEAN);
        var fields = IntStream.range(0, 10)
                .mapToObj(number -> MetadataField.of("p" + number, MetadataField.Type.NUMBER))
                .toList();
        fields.forEach(index::indexMetadata);

        index.indexMetadata(fields.getFirst());
        assertFailure(
                FailureCode.TOO_LARGE, () -> index.indexMetadata(MetadataField.of("p10", MetadataField.Type.NUMBER)));
        assertFailure(
                FailureCode.CONFLICT, () -> index.indexMetadata(MetadataField.of("p0", MetadataField.Type.STRING)));

        assertThat(index.describe().metadata()).isEqualTo(fields);
    }

    @Test
    @Tag("V-01")
    void a_filter_is_less_than_2048_bytes_and_its_keys_are_names() {
        var longestKey = "k".repeat(512);

        VectorFilter.parse("{\"" + longestKey + "\":1}");
        VectorFilter.parse("{ \"a\" : \"" + "x".repeat(2_047 - 8) + "\" }");

        assertFailure(FailureCode.TOO_LARGE, () -> VectorFilter.parse("{\"a\":\"" + "x".repeat(2_048 - 8) + "\"}"));
        for (var filter : List.of(
                "{\"" + longestKey + "k\":1}",
                "{\"\":1}",
                "{\"a..b\":1}",
                "{\"a\\\"b\":1}",
                "{\"a|b\":1}",
                "{\"$a\":1}",
                "{}",
                "[]",
                "{\"a\":{}}",
                "{\"a\":null}",
                "{\"a\":[1]}",
                "{\"a\":{\"b\":1}}",
                "{\"a\":{\"$in\":1}}",
                "{\"a\":{\"$in\":[]}}",
                "{\"a\":{\"$in\":[1,\"b\"]}}",
                "{\"a\":{\"$lt\":true}}",
                "{\"a\":{\"$not\":1}}",
                "{\"a\":1")) {
            assertFailure(FailureCode.BAD_REQUEST, () -> VectorFilter.parse(filter));
        }
    }

    @Test
    @Tag("V-02")
    void what_is_infinite_or_no_number_is_no_value() {
        for (var value : List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            assertFailure(FailureCode.BAD_REQUEST, () -> VectorValues.of(1, value));
        }
    }

    @Test
    @Tag("V-02")
    void zeros_alone_have_no_cosine() {
        var cosine = make(2, Metric.COSINE);
        var zeros = Vector.of("a", 0, -0.0f);

        assertFailure(FailureCode.BAD_REQUEST, () -> cosine.insert(List.of(zeros)));
        assertFailure(FailureCode.BAD_REQUEST, () -> cosine.upsert(List.of(zeros)));
        assertFailure(FailureCode.BAD_REQUEST, () -> cosine.nearest(VectorQuery.near(zeros.values(), 1)));

        for (var metric : List.of(Metric.DOT_PRODUCT, Metric.EUCLIDEAN)) {
            var other = make(new IndexName(metric.text()), 2, metric);
            other.insert(List.of(zeros));
            assertThat(other.nearest(VectorQuery.near(zeros.values(), 1))
                            .getFirst()
                            .score())
                    .isZero();
        }
    }

    @Test
    @Tag("V-02")
    void values_of_any_size_have_a_score() {
        for (var metric : Metric.values()) {
            var index = make(new IndexName(metric.text()), 2, metric);
            index.insert(List.of(
                    Vector.of("large", Float.MAX_VALUE, Float.MAX_VALUE),
                    Vector.of("small", Float.MIN_VALUE, -Float.MIN_VALUE),
                    Vector.of("both", -Float.MAX_VALUE, Float.MIN_VALUE)));

            for (var target : List.of(VectorValues.of(Float.MAX_VALUE, -1), VectorValues.of(Float.MIN_VALUE, 0))) {
                assertThat(index.nearest(VectorQuery.near(target, 3)))
                        .hasSize(3)
                        .allSatisfy(match -> assertThat(match.score()).isFinite());
            }
        }
    }

    @Test
    @Tag("V-03")
    void insert_skips_ids_that_are_there_and_upsert_replaces_all() {
        var index = make(2, Metric.EUCLIDEAN);
        var first = Vector.of("a", 1, 2).in(VectorNamespace.of("n")).with(new VectorMetadata("{\"x\":1}"));
        var second = Vector.of("a", 3, 4);
        var other = Vector.of("b", 5, 6);

        assertThat(index.insert(List.of(first)).changed()).isEqualTo(1);
        assertThat(index.insert(List.of(second, other)).changed()).isEqualTo(1);
        assertThat(index.get(Set.of(first.id(), other.id()))).containsExactly(first, other);

        assertThat(index.upsert(List.of(second)).changed()).isEqualTo(1);
        assertThat(index.get(Set.of(first.id(), other.id()))).containsExactly(second, other);
        assertThat(index.describe().vectors()).isEqualTo(2);
    }

    @Test
    @Tag("V-03")
    void of_two_vectors_with_one_id_insert_takes_the_first_and_upsert_the_last() {
        var index = make(1, Metric.EUCLIDEAN);

        assertThat(index.insert(List.of(Vector.of("a", 1), Vector.of("a", 2))).changed())
                .isEqualTo(1);
        assertThat(index.get(Set.of(VectorId.of("a")))).containsExactly(Vector.of("a", 1));

        assertThat(index.upsert(List.of(Vector.of("a", 3), Vector.of("b", 4), Vector.of("a", 5)))
                        .changed())
                .isEqualTo(2);
        assertThat(index.get(Set.of(VectorId.of("a")))).containsExactly(Vector.of("a", 5));
    }

    @Test
    @Tag("V-03")
    void of_64_inserts_of_one_id_at_once_one_is_kept() {
        var index = make(1, Metric.EUCLIDEAN);

        var changed = AtOnce.run(
                64,
                number -> () -> index.insert(List.of(Vector.of("a", number))).changed());

        assertThat(changed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
        assertThat(index.describe().vectors()).isEqualTo(1);
        assertThat(index.get(Set.of(VectorId.of("a"))).getFirst().values().at(0))
                .isEqualTo(changed.indexOf(1));
    }

    @Test
    @Tag("V-04")
    void scores_are_those_of_the_metric() {
        var random = new Random(4);
        var targets = values(random, 5, 7);
        var stored = values(random, 40, 7);

        for (var metric : Metric.values()) {
            var index = make(new IndexName(metric.text()), 7, metric);
            index.insert(vectors(stored));
            for (var target : targets) {
                var matches = index.nearest(VectorQuery.near(VectorValues.of(target), 40));

                assertThat(matches).hasSize(40);
                for (var match : matches) {
                    var other = stored.get(Integer.parseInt(match.vector().id().text()));
                    assertThat(match.score()).isCloseTo(score(metric, target, other), within(CLOSE));
                }
                assertThat(matches).extracting(match -> match.score()).isSortedAccordingTo(metric.nearestFirst());
            }
        }
    }

    @Test
    @Tag("V-04")
    void scores_have_the_bounds_of_their_metric() {
        var near = VectorValues.of(3, 4);
        var far = Vector.of("far", -30, -40);
        var same = Vector.of("same", 3, 4);

        assertThat(scores(Metric.COSINE, near, far, same)).containsExactly(1.0, -1.0);
        assertThat(scores(Metric.DOT_PRODUCT, near, far, same)).containsExactly(25.0, -250.0);
        assertThat(scores(Metric.EUCLIDEAN, near, far, same)).containsExactly(0.0, 55.0);
    }

    @Test
    @Tag("V-05")
    void of_vectors_that_are_as_near_the_first_id_comes_first() {
        for (var metric : Metric.values()) {
            var index = make(new IndexName(metric.text()), 2, metric);
            var ids = List.of("b", "a", "\uD83D\uDE00", "c", "\uFFEE", "aa");
            ids.forEach(id -> index.insert(List.of(Vector.of(id, 2, 1))));

            assertThat(ids(index.nearest(VectorQuery.near(VectorValues.of(1, 1), 100))))
                    .containsExactly("a", "aa", "b", "c", "\uFFEE", "\uD83D\uDE00");
            assertThat(ids(index.nearest(VectorQuery.near(VectorValues.of(1, 1), 2))))
                    .containsExactly("a", "aa");
        }
    }

    @Test
    @Tag("V-06")
    void a_search_in_a_namespace_sees_no_other() {
        var index = make(1, Metric.EUCLIDEAN);
        index.insert(List.of(
                Vector.of("a", 1).in(VectorNamespace.of("one")),
                Vector.of("b", 2).in(VectorNamespace.of("two")),
                Vector.of("c", 3).in(VectorNamespace.of("on")),
                Vector.of("d", 4)));
        var query = VectorQuery.near(VectorValues.of(1), 10);

        assertThat(ids(index.nearest(query))).containsExactly("a", "b", "c", "d");
        assertThat(ids(index.nearest(query.in(VectorNamespace.of("one"))))).containsExactly("a");
        assertThat(ids(index.nearest(query.in(VectorNamespace.of("two"))))).containsExactly("b");
        assertThat(ids(index.nearest(query.in(VectorNamespace.of("o"))))).isEmpty();
        assertThat(ids(index.nearest(query.in(VectorNamespace.NONE)))).containsExactly("d");
        assertThat(index.nearest(query.in(VectorNamespace.of("one")))
                        .getFirst()
                        .vector()
                        .namespace())
                .isEqualTo(VectorNamespace.of("one"));

        index.upsert(List.of(Vector.of("a", 1).in(VectorNamespace.of("two"))));
        assertThat(ids(index.nearest(query.in(VectorNamespace.of("one"))))).isEmpty();
        assertThat(ids(index.nearest(query.in(VectorNamespace.of("two"))))).containsExactly("a", "b");
    }

    @Test
    @Tag("V-07")
    void a_filter_has_eight_operators() {
        var index = make(1, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("year", MetadataField.Type.NUMBER));
        index.indexMetadata(MetadataField.of("genre", MetadataField.Type.STRING));
        index.indexMetadata(MetadataField.of("seen", MetadataField.Type.BOOLEAN));
        index.insert(List.of(
                film("a", "{\"year\":1990,\"genre\":\"comedy\",\"seen\":true}"),
                film("b", "{\"year\":-0.0,\"genre\":\"drama\",\"seen\":false}"),
                film("c", "{\"year\":2000.5,\"genre\":\"\"}"),
                film("d", "{\"year\":\"1990\",\"genre\":7,\"seen\":null}"),
                film("e", "{\"genre\":[\"comedy\"],\"other\":1}")));

        assertThat(found(index, "{\"year\":1990}")).containsExactly("a");
        assertThat(found(index, "{\"year\":1.99e3}")).containsExactly("a");
        assertThat(found(index, "{\"year\":0}")).containsExactly("b");
        assertThat(found(index, "{\"year\":{\"$eq\":2000.5}}")).containsExactly("c");
        assertThat(found(index, "{\"year\":{\"$ne\":1990}}")).containsExactly("b", "c");
        assertThat(found(index, "{\"year\":{\"$in\":[1990,0,3]}}")).containsExactly("a", "b");
        assertThat(found(index, "{\"year\":{\"$nin\":[1990,0,3]}}")).containsExactly("c");
        assertThat(found(index, "{\"year\":{\"$lt\":1990}}")).containsExactly("b");
        assertThat(found(index, "{\"year\":{\"$lte\":1990}}")).containsExactly("a", "b");
        assertThat(found(index, "{\"year\":{\"$gt\":1990}}")).containsExactly("c");
        assertThat(found(index, "{\"year\":{\"$gte\":1990}}")).containsExactly("a", "c");
        assertThat(found(index, "{\"year\":{\"$gt\":0,\"$lt\":2000}}")).containsExactly("a");

        assertThat(found(index, "{\"genre\":\"comedy\"}")).containsExactly("a");
        assertThat(found(index, "{\"genre\":\"\"}")).containsExactly("c");
        assertThat(found(index, "{\"genre\":{\"$ne\":\"comedy\"}}")).containsExactly("b", "c");
        assertThat(found(index, "{\"genre\":{\"$in\":[\"comedy\",\"drama\"]}}")).containsExactly("a", "b");
        assertThat(found(index, "{\"genre\":{\"$nin\":[\"comedy\",\"drama\"]}}"))
                .containsExactly("c");
        assertThat(found(index, "{\"genre\":{\"$lt\":\"comedy\"}}")).containsExactly("c");
        assertThat(found(index, "{\"genre\":{\"$lte\":\"comedy\"}}")).containsExactly("a", "c");
        assertThat(found(index, "{\"genre\":{\"$gt\":\"comedy\"}}")).containsExactly("b");
        assertThat(found(index, "{\"genre\":{\"$gte\":\"comedy\",\"$lt\":\"e\"}}"))
                .containsExactly("a", "b");

        assertThat(found(index, "{\"seen\":true}")).containsExactly("a");
        assertThat(found(index, "{\"seen\":{\"$ne\":true}}")).containsExactly("b");
        assertThat(found(index, "{\"seen\":{\"$in\":[true,false]}}")).containsExactly("a", "b");
        assertThat(found(index, "{\"year\":{\"$gte\":0},\"genre\":\"drama\",\"seen\":false}"))
                .containsExactly("b");
        assertThat(found(index, "{\"year\":1990,\"genre\":\"drama\"}")).isEmpty();
    }

    @Test
    @Tag("V-07")
    void dots_go_into_objects() {
        var index = make(1, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("a.b.c", MetadataField.Type.NUMBER));
        index.insert(List.of(
                film("a", "{\"a\":{\"b\":{\"c\":1}}}"),
                film("b", "{\"a\":{\"b\":{\"c\":2}}}"),
                film("c", "{\"a.b.c\":1}"),
                film("d", "{\"a\":{\"b\":1}}")));

        assertThat(found(index, "{\"a.b.c\":1}")).containsExactly("a");
        assertThat(found(index, "{\"a.b.c\":{\"$gte\":1}}")).containsExactly("a", "b");
    }

    @Test
    @Tag("V-07")
    void only_indexed_properties_can_be_asked_for() {
        var index = make(1, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("year", MetadataField.Type.NUMBER));
        index.insert(List.of(film("a", "{\"year\":1,\"genre\":\"x\"}")));

        assertFailure(FailureCode.BAD_REQUEST, () -> found(index, "{\"genre\":\"x\"}"));
        assertFailure(FailureCode.BAD_REQUEST, () -> found(index, "{\"year\":\"1\"}"));
        assertFailure(FailureCode.BAD_REQUEST, () -> found(index, "{\"year\":1,\"genre\":\"x\"}"));
    }

    @Test
    @Tag("V-07")
    void a_forgotten_property_can_be_asked_for_no_more_and_is_new_when_it_is_indexed_again() {
        var index = make(1, Metric.EUCLIDEAN);
        var year = MetadataField.of("year", MetadataField.Type.NUMBER);
        var genre = MetadataField.of("genre", MetadataField.Type.STRING);
        index.indexMetadata(year);
        index.indexMetadata(genre);
        index.insert(List.of(film("a", "{\"year\":1,\"genre\":\"x\"}")));

        assertThat(index.forgetMetadata(year.name())).isTrue();
        assertThat(index.forgetMetadata(year.name())).isFalse();
        assertFailure(FailureCode.BAD_REQUEST, () -> found(index, "{\"year\":1}"));
        assertThat(found(index, "{\"genre\":\"x\"}")).containsExactly("a");
        assertThat(index.describe().metadata()).containsExactly(genre);

        index.indexMetadata(year);
        index.insert(List.of(film("b", "{\"year\":1,\"genre\":\"x\"}")));
        assertThat(found(index, "{\"year\":1}")).containsExactly("b");
        assertThat(found(index, "{\"genre\":\"x\"}")).containsExactly("a", "b");
        index.reindex();
        assertThat(found(index, "{\"year\":1}")).containsExactly("a", "b");
    }

    @Test
    @Tag("V-07")
    void vectors_from_before_an_index_are_found_when_they_are_written_again_or_indexed() {
        var index = make(1, Metric.EUCLIDEAN);
        index.insert(List.of(film("a", "{\"year\":1}"), film("b", "{\"year\":1}"), film("c", "{}")));
        index.indexMetadata(MetadataField.of("year", MetadataField.Type.NUMBER));
        var before = index.describe();

        assertThat(found(index, "{\"year\":1}")).isEmpty();
        assertThat(found(index, "{\"year\":{\"$ne\":2}}")).isEmpty();
        index.upsert(List.of(film("b", "{\"year\":1}")));
        assertThat(found(index, "{\"year\":1}")).containsExactly("b");

        assertThat(index.reindex()).isEqualTo(3);
        assertThat(found(index, "{\"year\":1}")).containsExactly("a", "b");
        assertThat(index.get(Set.of(VectorId.of("a")))).containsExactly(film("a", "{\"year\":1}"));
        assertThat(index.describe().vectors()).isEqualTo(before.vectors());
    }

    @Test
    @Tag("V-08")
    void a_rare_property_still_gives_as_many_matches_as_there_are() {
        var index = make(8, Metric.COSINE);
        index.indexMetadata(MetadataField.of("rare", MetadataField.Type.BOOLEAN));
        var random = new Random(8);
        var all = new ArrayList<Vector>();
        for (var values : values(random, 6_000, 8)) {
            var rare = all.size() % 750 == 7;
            all.add(Vector.of("" + all.size(), values).with(new VectorMetadata("{\"rare\":" + rare + "}")));
        }
        batches(all).forEach(index::insert);
        var target = VectorValues.of(values(random, 1, 8).getFirst());

        var matches = index.nearest(VectorQuery.near(target, 10).where(VectorFilter.parse("{\"rare\":true}")));

        assertThat(ids(matches))
                .containsExactlyElementsOf(nearest(
                        Metric.COSINE,
                        target,
                        all.stream()
                                .filter(vector -> vector.metadata().json().contains("true"))
                                .toList(),
                        10));
        assertThat(matches).hasSize(8);
    }

    @Test
    @Tag("V-09")
    void strings_are_indexed_by_their_first_64_bytes_between_characters() {
        var index = make(1, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("s", MetadataField.Type.STRING));
        var ascii = "x".repeat(64);
        var wide = "x".repeat(62) + "\u20AC";
        index.insert(List.of(
                film("a", "{\"s\":\"" + ascii + "\"}"),
                film("b", "{\"s\":\"" + ascii + "tail\"}"),
                film("c", "{\"s\":\"" + wide + "\"}"),
                film("d", "{\"s\":\"" + "x".repeat(62) + "\"}"),
                film("e", "{\"s\":\"" + "x".repeat(61) + "\u20AC!\"}")));

        assertThat(found(index, "{\"s\":\"" + ascii + "\"}")).containsExactly("a", "b");
        assertThat(found(index, "{\"s\":\"" + ascii + "other\"}")).containsExactly("a", "b");
        assertThat(found(index, "{\"s\":\"" + "x".repeat(62) + "\"}")).containsExactly("c", "d");
        assertThat(found(index, "{\"s\":\"" + "x".repeat(61) + "\u20AC\"}")).containsExactly("e");

        var returned = new Returned(Returned.Values.LEFT_OUT, Returned.Metadata.INDEXED);
        var matches = index.nearest(VectorQuery.near(VectorValues.of(1), 10).returning(returned));
        assertThat(matches)
                .extracting(match -> match.vector().metadata().json())
                .containsExactly(
                        "{\"s\":\"" + ascii + "\"}",
                        "{\"s\":\"" + ascii + "\"}",
                        "{\"s\":\"" + "x".repeat(62) + "\"}",
                        "{\"s\":\"" + "x".repeat(62) + "\"}",
                        "{\"s\":\"" + "x".repeat(61) + "\u20AC\"}");
    }

    @Test
    @Tag("V-10")
    void a_change_is_seen_when_it_returns_and_described_by_its_number() {
        var index = make(1, Metric.EUCLIDEAN);
        var before = index.describe();
        fixture.clock().advance(Duration.ofSeconds(5));

        var inserted = index.insert(List.of(Vector.of("a", 1)));
        assertThat(index.describe().processedUpToMutation()).isEqualTo(inserted.id());
        assertThat(ids(index.nearest(VectorQuery.near(VectorValues.of(1), 1)))).containsExactly("a");
        var upserted = index.upsert(List.of(Vector.of("a", 2)));
        assertThat(index.get(Set.of(VectorId.of("a")))).containsExactly(Vector.of("a", 2));
        var deleted = index.delete(Set.of(VectorId.of("a"), VectorId.of("b")));
        assertThat(index.get(Set.of(VectorId.of("a")))).isEmpty();

        assertThat(before.processedUpToMutation()).isEqualTo(MutationId.NONE);
        assertThat(before.processedAt()).isEqualTo(before.index().created());
        assertThat(List.of(inserted.id(), upserted.id(), deleted.id()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(deleted.changed()).isEqualTo(1);
        assertThat(index.describe().processedUpToMutation()).isEqualTo(deleted.id());
        assertThat(index.describe().processedAt())
                .isEqualTo(before.index().created().plusSeconds(5));
    }

    @Test
    @Tag("V-10")
    void writers_at_once_each_see_their_own_change() {
        var index = make(1, Metric.EUCLIDEAN);

        var seen = AtOnce.run(32, number -> () -> {
            var id = VectorId.of("" + number);
            var mutation = index.upsert(
                    List.of(new Vector(id, VectorNamespace.NONE, VectorValues.of(number), VectorMetadata.NONE)));
            return index.get(Set.of(id)).size() == 1
                    && index.describe().processedUpToMutation().compareTo(mutation.id()) >= 0;
        });

        assertThat(seen).hasSize(32).containsOnly(true);
        assertThat(index.describe().vectors()).isEqualTo(32);
    }

    @Test
    @Tag("V-11")
    void what_was_deleted_is_never_found_again() {
        var index = make(4, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("x", MetadataField.Type.NUMBER));
        var random = new Random(11);
        var all = new ArrayList<Vector>();
        for (var values : values(random, 600, 4)) {
            all.add(Vector.of("" + all.size(), values).with(new VectorMetadata("{\"x\":1}")));
        }
        index.insert(all);
        var left = new ArrayList<>(all);

        while (left.size() > 1) {
            var gone = left.stream().limit(left.size() / 2).map(Vector::id).collect(Collectors.toSet());
            assertThat(index.delete(gone).changed()).isEqualTo(gone.size());
            left.removeIf(vector -> gone.contains(vector.id()));

            var query = VectorQuery.near(all.getFirst().values(), 100);
            assertThat(ids(index.nearest(query)))
                    .containsExactlyElementsOf(
                            nearest(Metric.EUCLIDEAN, all.getFirst().values(), left, 100));
            assertThat(index.nearest(query.where(VectorFilter.parse("{\"x\":1}"))))
                    .extracting(match -> match.vector().id())
                    .doesNotContainAnyElementsOf(gone);
            assertThat(index.get(gone)).isEmpty();
        }
        assertFailure(
                FailureCode.NOT_FOUND,
                () -> index.nearest(VectorQuery.near(all.getFirst().id(), 1)));
        assertThat(index.list(VectorListing.first(10)).ids())
                .containsExactly(left.getFirst().id());
    }

    @Test
    @Tag("V-12")
    void the_nearest_are_exact_below_10_000_vectors() {
        claim(VectorCapability.LARGE_INDEXES);
        for (var metric : Metric.values()) {
            var index = make(new IndexName(metric.text()), 16, metric);
            var random = new Random(12);
            var all = vectors(values(random, 9_999, 16));
            batches(all).forEach(index::upsert);

            for (var target : values(random, 10, 16)) {
                var values = VectorValues.of(target);
                assertThat(ids(index.nearest(VectorQuery.near(values, 100))))
                        .containsExactlyElementsOf(nearest(metric, values, all, 100));
            }
        }
    }

    @Test
    @Tag("V-12")
    void of_20_000_vectors_19_of_20_nearest_are_found() {
        claim(VectorCapability.LARGE_INDEXES);
        var index = make(DIMENSIONS, Metric.COSINE);
        index.indexMetadata(MetadataField.of("quarter", MetadataField.Type.NUMBER));
        var random = new Random(20_000);
        var all = new ArrayList<Vector>();
        for (var values : values(random, SET, DIMENSIONS)) {
            var metadata = new VectorMetadata("{\"quarter\":" + all.size() % 4 + "}");
            all.add(Vector.of("" + all.size(), values).with(metadata));
        }
        batches(all).forEach(index::insert);
        var most = all.stream()
                .filter(vector -> !vector.metadata().json().contains("0"))
                .toList();
        var filter = VectorFilter.parse("{\"quarter\":{\"$ne\":0}}");
        var targets = values(random, QUERIES, DIMENSIONS).stream()
                .map(VectorValues::of)
                .toList();

        assertThat(recall(targets, all, target -> index.nearest(VectorQuery.near(target, 10))))
                .isGreaterThanOrEqualTo(RECALL);
        assertThat(recall(
                        targets,
                        most,
                        target -> index.nearest(VectorQuery.near(target, 10).where(filter))))
                .isGreaterThanOrEqualTo(RECALL);
    }

    @Test
    @Tag("V-13")
    void matches_are_at_most_100_and_20_where_they_come_whole() {
        var values = VectorValues.of(1);
        var bare = VectorQuery.near(values, 20);

        for (var whole : List.of(
                ALL,
                new Returned(Returned.Values.WHOLE, Returned.Metadata.NONE),
                new Returned(Returned.Values.LEFT_OUT, Returned.Metadata.ALL))) {
            assertThat(bare.returning(whole).topK()).isEqualTo(20);
            assertFailure(
                    FailureCode.BAD_REQUEST, () -> VectorQuery.near(values, 21).returning(whole));
        }
        var indexed = new Returned(Returned.Values.LEFT_OUT, Returned.Metadata.INDEXED);
        assertThat(VectorQuery.near(values, 100).returning(indexed).topK()).isEqualTo(100);
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorQuery.near(values, 101));
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorQuery.near(values, 0));
    }

    @Test
    @Tag("V-13")
    void matches_come_with_what_was_asked_for() {
        var index = make(2, Metric.EUCLIDEAN);
        index.indexMetadata(MetadataField.of("a.b", MetadataField.Type.NUMBER));
        index.indexMetadata(MetadataField.of("a.c", MetadataField.Type.BOOLEAN));
        var vector = Vector.of("a", 1, 2)
                .in(VectorNamespace.of("n"))
                .with(new VectorMetadata("{\"a\":{\"b\":1.50,\"c\":true,\"d\":3},\"e\":\"\\n\\\"\\u00e9\"}"));
        index.insert(List.of(vector));
        var query = VectorQuery.near(vector.id(), 1);

        assertThat(index.nearest(query.returning(ALL))).containsExactly(new Match(0, vector));
        assertThat(only(index, query).values()).isEqualTo(VectorValues.NONE);
        assertThat(only(index, query).metadata()).isEqualTo(VectorMetadata.NONE);
        assertThat(only(index, query.returning(new Returned(Returned.Values.LEFT_OUT, Returned.Metadata.INDEXED)))
                        .metadata()
                        .json())
                .isEqualTo("{\"a\":{\"b\":1.50,\"c\":true}}");
        assertFailure(FailureCode.NOT_FOUND, () -> index.nearest(VectorQuery.near(VectorId.of("b"), 1)));
    }

    @Test
    @Tag("V-14")
    void a_bad_line_is_an_error_or_left_out() {
        var index = make(2, Metric.EUCLIDEAN);
        var good = """
            {"id":"a","values":[1,2.5e0]}

            {"id":"b","values":[-1,0],"namespace":"n","metadata":{"x": [1, null]}}\r
            {"values":[1,2],"id":"c","namespace":null,"metadata":null}\
            """;
        var parsed = VectorLines.parse(Bytes.utf8(good), VectorLines.Bad.ERROR);

        index.insert(parsed.vectors());

        assertThat(parsed.discarded()).isZero();
        assertThat(index.get(Set.of(VectorId.of("a"), VectorId.of("b"), VectorId.of("c"))))
                .containsExactly(
                        Vector.of("a", 1, 2.5f),
                        Vector.of("b", -1, 0).in(VectorNamespace.of("n")).with(new VectorMetadata("{\"x\":[1,null]}")),
                        Vector.of("c", 1, 2));
        for (var bad : List.of(
                "{\"id\":\"x\",\"values\":[1,2]",
                "{\"id\":\"x\",\"values\":[1,\"2\"]}",
                "{\"id\":\"x\",\"values\":[1,1e99]}",
                "{\"id\":\"x\",\"values\":[]}",
                "{\"id\":\"x\"}",
                "{\"id\":1,\"values\":[1,2]}",
                "{\"id\":\"" + "x".repeat(65) + "\",\"values\":[1,2]}",
                "{\"id\":\"x\",\"values\":[1,2],\"value\":1}",
                "{\"id\":\"x\",\"values\":[1,2],\"metadata\":[]}",
                "{\"id\":\"x\",\"values\":[1,2]} {}",
                "\u0000")) {
            var text = Bytes.utf8(good + "\n" + bad + "\n{\"id\":\"d\",\"values\":[1,2]}\n");

            assertThatThrownBy(() -> VectorLines.parse(text, VectorLines.Bad.ERROR))
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.getMessage()).contains("line 5"));
            var others = VectorLines.parse(text, VectorLines.Bad.DISCARD);
            assertThat(others.discarded()).isEqualTo(1);
            assertThat(others.vectors())
                    .extracting(vector -> vector.id().text())
                    .containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    @Tag("V-14")
    void lines_are_at_most_5000_and_100_mb() {
        var line = "{\"id\":\"a\",\"values\":[1]}\n";
        var most = Bytes.utf8(line.repeat(5_000));

        assertThat(VectorLines.parse(most, VectorLines.Bad.ERROR).vectors()).hasSize(5_000);
        assertFailure(
                FailureCode.TOO_LARGE, () -> VectorLines.parse(most.concat(Bytes.utf8(line)), VectorLines.Bad.ERROR));
        assertFailure(
                FailureCode.TOO_LARGE, () -> VectorLines.parse(most.concat(Bytes.utf8("x")), VectorLines.Bad.DISCARD));
        var blanks = new byte[100_000_000];
        Arrays.fill(blanks, (byte) ' ');
        assertThat(VectorLines.parse(Bytes.copyOf(blanks), VectorLines.Bad.ERROR)
                        .vectors())
                .isEmpty();
        var more = Bytes.copyOf(Arrays.copyOf(blanks, blanks.length + 1));
        assertFailure(FailureCode.TOO_LARGE, () -> VectorLines.parse(more, VectorLines.Bad.ERROR));
    }

    @Test
    @Tag("V-15")
    void what_was_answered_outlives_a_kill_and_no_batch_is_there_in_part() {
        claim(VectorCapability.SURVIVES_KILL);
        fixture.indexes().catalogue().create(NAME, KilledVectors.SHAPE);

        var told = fixture.killWhileWriting(NAME);

        var index = opened();
        assertThat(told).isNotEmpty();
        for (var number : told) {
            assertThat(index.get(KilledVectors.ids(number)))
                    .containsExactlyInAnyOrderElementsOf(KilledVectors.batch(number));
        }
        var next = index.get(KilledVectors.ids(Collections.max(told) + 1));
        assertThat(next.size()).isIn(0, KilledVectors.BATCH);
        assertThat(index.describe().vectors()).isEqualTo((told.size() * KilledVectors.BATCH) + next.size());
        assertThat(index.nearest(VectorQuery.near(VectorValues.of(0, 0, 1), 1))
                        .getFirst()
                        .score())
                .isZero();
    }

    @Test
    @Tag("V-16")
    void a_walk_under_writes_gives_each_id_once() {
        var index = make(1, Metric.EUCLIDEAN);
        var lasting = IntStream.range(0, 300).mapToObj(number -> "l" + number).toList();
        index.insert(lasting.stream().map(id -> Vector.of(id, 1)).toList());
        var walked = new AtomicBoolean();
        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    for (var round = 0; !walked.get(); round++) {
                        var id = "l" + round % 300 + "-" + writer;
                        index.upsert(List.of(Vector.of(id, 2), Vector.of("l" + round % 300, 3)));
                        index.delete(Set.of(VectorId.of(id)));
                    }
                }))
                .toList();

        List<String> seen;
        try {
            seen = walk(index, 7);
        } finally {
            walked.set(true);
            writers.forEach(CompletableFuture::join);
        }

        assertThat(seen).doesNotHaveDuplicates().containsAll(lasting);
        assertThat(seen.stream().map(VectorId::of).toList()).isSorted();
        assertThat(walk(index, 1_000))
                .containsExactlyElementsOf(lasting.stream()
                        .map(VectorId::of)
                        .sorted()
                        .map(VectorId::text)
                        .toList());
    }

    @Test
    @Tag("V-16")
    void a_cursor_of_another_index_and_an_altered_one_are_refused() {
        var index = make(1, Metric.EUCLIDEAN);
        index.insert(numbered(0, 3));
        var other = make(new IndexName("other"), 1, Metric.EUCLIDEAN);
        var listing = VectorListing.first(1);
        var cursor = ((VectorPage.More) index.list(listing)).next();

        assertThat(index.list(listing.at(cursor)).ids()).containsExactly(VectorId.of("1"));
        assertFailure(FailureCode.BAD_CURSOR, () -> other.list(listing.at(cursor)));
        assertFailure(FailureCode.BAD_CURSOR, () -> index.list(listing.at(new Cursor("x" + cursor.text()))));
        assertThat(other.list(listing)).isEqualTo(new VectorPage.Last(List.of()));
        fixture.clock().advance(Duration.ofHours(25));
        assertFailure(FailureCode.BAD_CURSOR, () -> opened().list(listing.at(cursor)));
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorListing.first(0));
        assertFailure(FailureCode.BAD_REQUEST, () -> VectorListing.first(1_001));
    }

    @Test
    void indexes_are_made_found_listed_and_dropped() {
        var catalogue = fixture.indexes().catalogue();
        var shape = new IndexShape(3, Metric.DOT_PRODUCT);
        var made = catalogue.create(NAME, shape);
        var other = catalogue.create(new IndexName("Zeta"), shape);

        assertThat(made.shape()).isEqualTo(shape);
        assertThat(catalogue.find(NAME)).contains(made);
        assertThat(catalogue.find(made.id())).contains(made);
        assertThat(catalogue.indexes()).containsExactly(other, made);
        assertThat(opened().describe().index()).isEqualTo(made);
        assertFailure(FailureCode.CONFLICT, () -> catalogue.create(NAME, shape));
        assertThat(fixture.indexes().open(new IndexName("third"))).isEmpty();
        assertThat(catalogue.find(new IndexName("third"))).isEmpty();
        assertThat(catalogue.drop(new IndexId("0".repeat(32)))).isFalse();

        opened().insert(List.of(Vector.of("a", 1, 2, 3)));
        assertThat(catalogue.drop(made.id())).isTrue();

        assertThat(catalogue.drop(made.id())).isFalse();
        assertThat(catalogue.indexes()).containsExactly(other);
        assertThat(fixture.indexes().open(NAME)).isEmpty();
        catalogue.create(NAME, shape);
        assertThat(opened().describe().vectors()).isZero();
    }

    @Test
    void what_was_written_is_there_after_a_restart() {
        var index = make(2, Metric.COSINE);
        index.indexMetadata(MetadataField.of("x", MetadataField.Type.NUMBER));
        index.insert(List.of(Vector.of("a", 1, 2).with(new VectorMetadata("{\"x\":1}")), Vector.of("b", 2, 1)));
        var deleted = index.delete(Set.of(VectorId.of("b")));
        var before = index.describe();

        fixture.reopen(VectorLimits.USUAL);

        assertThat(opened().describe()).isEqualTo(before);
        assertThat(before.processedUpToMutation()).isEqualTo(deleted.id());
        assertThat(found(opened(), "{\"x\":1}", VectorValues.of(1, 1))).containsExactly("a");
        assertThat(opened().insert(List.of(Vector.of("c", 1, 1))).id()).isGreaterThan(deleted.id());
    }

    private VectorIndex make(int dimensions, Metric metric) {
        return make(NAME, dimensions, metric);
    }

    private VectorIndex make(IndexName name, int dimensions, Metric metric) {
        Index made = fixture.indexes().catalogue().create(name, new IndexShape(dimensions, metric));
        return fixture.indexes().open(made.name()).orElseThrow();
    }

    private VectorIndex opened() {
        return fixture.indexes().open(NAME).orElseThrow();
    }

    private List<Double> scores(Metric metric, VectorValues target, Vector... stored) {
        var index = make(new IndexName(metric.text()), 2, metric);
        index.insert(List.of(stored));
        return index.nearest(VectorQuery.near(target, stored.length)).stream()
                .map(Match::score)
                .toList();
    }

    private static Vector only(VectorIndex index, VectorQuery query) {
        return index.nearest(query).getFirst().vector();
    }

    private static Vector film(String id, String metadata) {
        return Vector.of(id, 1).with(new VectorMetadata(metadata));
    }

    private static List<String> found(VectorIndex index, String filter) {
        return found(index, filter, VectorValues.of(1));
    }

    private static List<String> found(VectorIndex index, String filter, VectorValues target) {
        return ids(index.nearest(VectorQuery.near(target, 100).where(VectorFilter.parse(filter))));
    }

    private static List<String> ids(List<Match> matches) {
        return matches.stream().map(match -> match.vector().id().text()).toList();
    }

    private static List<String> walk(VectorIndex index, int limit) {
        var seen = new ArrayList<String>();
        var listing = VectorListing.first(limit);
        while (true) {
            var page = index.list(listing);
            page.ids().forEach(id -> seen.add(id.text()));
            if (!(page instanceof VectorPage.More more)) {
                return seen;
            }
            listing = listing.at(more.next());
        }
    }

    private static List<Vector> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Vector.of("" + number, number))
                .toList();
    }

    private static List<float[]> values(Random random, int count, int dimensions) {
        return Stream.generate(() -> {
                    var values = new float[dimensions];
                    for (var i = 0; i < dimensions; i++) {
                        values[i] = (float) random.nextGaussian();
                    }
                    return values;
                })
                .limit(count)
                .toList();
    }

    private static List<Vector> vectors(List<float[]> values) {
        return IntStream.range(0, values.size())
                .mapToObj(number -> Vector.of("" + number, values.get(number)))
                .toList();
    }

    private static List<List<Vector>> batches(List<Vector> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + BATCH)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + BATCH)))
                .toList();
    }

    /** By the definition alone. */
    private static double score(Metric metric, float[] one, float[] other) {
        var product = 0.0;
        var squares = 0.0;
        var otherSquares = 0.0;
        var distance = 0.0;
        for (var i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += Math.pow(one[i], 2);
            otherSquares += Math.pow(other[i], 2);
            distance += Math.pow((double) one[i] - other[i], 2);
        }
        return switch (metric) {
            case COSINE -> product / Math.sqrt(squares) / Math.sqrt(otherSquares);
            case DOT_PRODUCT -> product;
            case EUCLIDEAN -> Math.sqrt(distance);
        };
    }

    private static List<String> nearest(Metric metric, VectorValues target, List<Vector> all, int count) {
        var array = target.toArray();
        return all.stream()
                .map(vector -> new Match(score(metric, array, vector.values().toArray()), vector))
                .sorted(Match.order(metric))
                .limit(count)
                .map(match -> match.vector().id().text())
                .toList();
    }

    private static double recall(
            List<VectorValues> targets, List<Vector> all, Function<VectorValues, List<Match>> search) {
        var hits = 0;
        for (var target : targets) {
            var truth = new HashSet<>(nearest(Metric.COSINE, target, all, 10));
            var found = ids(search.apply(target));
            assertThat(found).hasSize(10);
            hits += (int) found.stream().filter(truth::contains).count();
        }
        return hits / (10.0 * targets.size());
    }

    private void claim(VectorCapability capability) {
        if (!fixture.capabilities().contains(capability)) {
            throw new NotClaimed(capability);
        }
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
