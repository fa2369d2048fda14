package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorLimits;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database. */
final class PgvectorNodesTest {
    private static final IndexName NAME = new IndexName("films");

    private PgvectorFixture fixture;
    private PgvectorIndexes other;

    @BeforeEach
    void open() {
        var settings = VectorServer.settings();
        assumeTrue(settings.isPresent(), "no server with pgvector");
        fixture = new PgvectorFixture(settings.orElseThrow());
        other = fixture.open(VectorLimits.USUAL);
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            other.close();
            fixture.close();
        }
    }

    @Test
    void what_one_node_makes_and_writes_the_other_finds() {
        fixture.indexes().catalogue().create(NAME, new IndexShape(2, Metric.EUCLIDEAN));
        var here = fixture.indexes().open(NAME).orElseThrow();
        var there = other.open(NAME).orElseThrow();
        here.indexMetadata(MetadataField.of("year", MetadataField.Type.NUMBER));
        var vector = Vector.of("a", 1, 2).with(new VectorMetadata("{\"year\":1990}"));

        var written = there.upsert(List.of(vector));

        assertThat(here.get(Set.of(vector.id()))).containsExactly(vector);
        assertThat(here.describe().processedUpToMutation()).isEqualTo(written.id());
        assertThat(here.nearest(VectorQuery.near(VectorValues.of(0, 0), 1)
                        .where(VectorFilter.parse("{\"year\":{\"$gt\":1989}}"))))
                .extracting(match -> match.vector().id())
                .containsExactly(vector.id());
    }

    @Test
    void an_index_that_the_other_node_has_dropped_is_unknown() {
        var made = fixture.indexes().catalogue().create(NAME, new IndexShape(1, Metric.EUCLIDEAN));
        var there = other.open(NAME).orElseThrow();

        fixture.indexes().catalogue().drop(made.id());

        for (var call : List.<Runnable>of(
                () -> there.upsert(List.of(Vector.of("a", 1))),
                () -> there.get(Set.of(VectorId.of("a"))),
                () -> there.nearest(VectorQuery.near(VectorValues.of(1), 1)),
                there::describe)) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        }
        assertThat(other.open(NAME)).isEmpty();
    }

    /** A graph alone would look at those that it finds nearest, of which few are wanted. */
    @Test
    void a_graph_that_finds_too_few_is_not_the_last_that_is_asked() {
        fixture.indexes().catalogue().create(NAME, new IndexShape(2, Metric.EUCLIDEAN));
        var here = fixture.indexes().open(NAME).orElseThrow();
        here.indexMetadata(MetadataField.of("rare", MetadataField.Type.BOOLEAN));
        here.upsert(IntStream.range(0, 600)
                .mapToObj(number -> Vector.of("" + number, number, 1)
                        .with(new VectorMetadata("{\"rare\":" + (number >= 590) + "}")))
                .toList());
        var always = PgvectorFixture.open(
                VectorServer.settings().orElseThrow(),
                VectorLimits.USUAL,
                1,
                SettableClock.anywhere(),
                new SeededRandomness(2));

        try (always) {
            var matches = always.open(NAME)
                    .orElseThrow()
                    .nearest(VectorQuery.near(VectorValues.of(0, 0), 10).where(VectorFilter.parse("{\"rare\":true}")));

            assertThat(matches)
                    .extracting(match -> match.vector().id().text())
                    .containsExactlyElementsOf(IntStream.range(590, 600)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }
}
