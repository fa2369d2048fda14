package io.triport.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageCall;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeVectorIndexes;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into vector indexes. */
final class GrantedVectorsTest {
    private static final IndexName FILMS = new IndexName("films");
    private static final IndexName OTHER = new IndexName("other");
    private static final IndexName THIRD = new IndexName("third");
    private static final IndexShape SHAPE = new IndexShape(2, Metric.EUCLIDEAN);
    private static final Vector VECTOR = Vector.of("a", 1, 2);
    private static final Set<VectorId> IDS = Set.of(VECTOR.id());
    private static final VectorQuery QUERY = VectorQuery.near(VectorValues.of(1, 2), 1);
    private static final VectorListing LISTING = VectorListing.first(10);
    private static final MetadataField FIELD = MetadataField.of("x", MetadataField.Type.NUMBER);

    private final SettableClock clock = SettableClock.anywhere();
    private final TestGrants grants = new TestGrants(clock);
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final FakeVectorIndexes indexes = new FakeVectorIndexes(clock);
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withVectors(indexes),
            clock,
            new SettableTicker(),
            calls);

    @BeforeEach
    void create() {
        indexes.catalogue().create(FILMS, SHAPE);
        indexes.catalogue().create(OTHER, SHAPE);
    }

    @Test
    void a_grant_to_search_does_not_write_and_one_to_write_does_not_search() {
        var searching = storage.vectors(of(Action.VECTOR_QUERY), FILMS);
        var writing = storage.vectors(of(Action.VECTOR_WRITE), FILMS);

        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> searching.insert(List.of(VECTOR)),
                () -> searching.upsert(List.of(VECTOR)),
                () -> searching.delete(IDS),
                () -> searching.indexMetadata(FIELD),
                () -> searching.forgetMetadata(FIELD.name()),
                searching::reindex)) {
            assertDenied(write);
        }
        for (ThrowingCallable search : List.<ThrowingCallable>of(
                () -> writing.get(IDS), () -> writing.nearest(QUERY), () -> writing.list(LISTING), writing::describe)) {
            assertDenied(search);
        }

        writing.indexMetadata(FIELD);
        writing.upsert(List.of(VECTOR));
        assertThat(writing.reindex()).isEqualTo(1);
        assertThat(searching.get(IDS)).containsExactly(VECTOR);
        assertThat(searching.nearest(QUERY)).hasSize(1);
        assertThat(searching.list(LISTING).ids()).containsExactly(VECTOR.id());
        assertThat(searching.describe().metadata()).containsExactly(FIELD);
        assertThat(writing.delete(IDS).changed()).isEqualTo(1);
    }

    @Test
    void a_grant_of_anything_else_opens_nothing() {
        assertDenied(() -> storage.vectors(of(Action.KV_GET), FILMS));
        assertDenied(() -> storage.vectors(of(Action.VECTOR_INDEX_FIND), FILMS));
        assertDenied(() -> storage.vectors(of(Action.VECTOR_QUERY), OTHER));
        assertDenied(() -> storage.vectors(of(Action.VECTOR_QUERY), THIRD));
        assertThatThrownBy(() -> storage.vectors(grants.ofEverything(), THIRD))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_grant_with_a_key_prefix_opens_no_index() {
        assertDenied(() -> storage.vectors(grants.ofPrefix(FILMS.text(), KeyPrefix.of("a")), FILMS));
        storage.vectors(grants.ofPrefix(FILMS.text(), KeyPrefix.EVERY), FILMS).describe();
    }

    @Test
    void a_grant_that_has_ended_is_of_no_use() {
        var closed = grants.ofEverything();
        var index = storage.vectors(closed, FILMS);
        closed.close();
        var late = grants.ofEverything();
        var other = storage.vectors(late, FILMS);
        clock.advance(Duration.ofHours(2));

        for (var ended : List.of(index, other)) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> ended.insert(List.of(VECTOR)),
                    () -> ended.upsert(List.of(VECTOR)),
                    () -> ended.delete(IDS),
                    () -> ended.get(IDS),
                    () -> ended.nearest(QUERY),
                    () -> ended.list(LISTING),
                    () -> ended.indexMetadata(FIELD),
                    () -> ended.forgetMetadata(FIELD.name()),
                    ended::reindex,
                    ended::describe)) {
                assertDenied(call);
            }
        }
        assertDenied(() -> storage.vectors(late, FILMS));
        assertDenied(() -> storage.vectorIndexes(late).indexes());
    }

    @Test
    void indexes_outside_of_the_grant_do_not_exist_for_it() {
        var finding = storage.vectorIndexes(of(Action.VECTOR_INDEX_FIND));
        var all = storage.vectorIndexes(grants.ofEverything());
        var other = all.find(OTHER).orElseThrow();

        assertThat(finding.indexes()).extracting(found -> found.name()).containsExactly(FILMS);
        assertThat(finding.find(other.id())).isEmpty();
        assertThat(finding.drop(other.id())).isFalse();
        assertDenied(() -> finding.find(OTHER));
        assertDenied(() -> finding.create(THIRD, SHAPE));
        assertDenied(() -> finding.drop(finding.find(FILMS).orElseThrow().id()));
        assertThat(all.indexes()).hasSize(2);
    }

    @Test
    void indexes_are_not_open_within_a_unit() {
        var grant = grants.ofEverything();

        assertUnsupported(() -> storage.together(grant, inner -> inner.vectors(grant, FILMS)));
        assertUnsupported(() -> storage.together(grant, inner -> inner.vectorIndexes(grant)));
    }

    @Test
    void calls_are_told_without_what_they_are_about() {
        var index = storage.vectors(grants.ofEverything(), FILMS);

        index.upsert(List.of(VECTOR.with(new VectorMetadata("{\"x\":1}")), Vector.of("b", 3, 4)));
        index.nearest(QUERY);
        index.get(IDS);
        index.delete(IDS);

        assertThat(calls.calls()).extracting(StorageCall::port).containsOnly(StoragePort.VECTOR);
        assertThat(calls.calls()).extracting(StorageCall::resource).containsOnly("films");
        assertThat(calls.calls())
                .extracting(call -> call.operation() + " " + call.result())
                .containsExactly(
                        "upsert " + new StorageCall.Done("changed", "2", new StorageCall.Moved(23, 0)),
                        "nearest " + new StorageCall.Done("found", "1", new StorageCall.Moved(0, 0)),
                        "get " + new StorageCall.Done("found", "1", new StorageCall.Moved(0, 15)),
                        "delete " + new StorageCall.Done("changed", "1", new StorageCall.Moved(0, 0)));
    }

    private Grant of(Action action) {
        return grants.of(
                "one",
                new Permission(Set.of(action), Set.of(ResourcePattern.exactly(FILMS.text())), Set.of(KeyPrefix.EVERY)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }

    private static void assertUnsupported(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }
}
