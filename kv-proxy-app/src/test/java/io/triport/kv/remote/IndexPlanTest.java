package io.triport.kv.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeVectorIndexes;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Indexes that the configuration names. */
final class IndexPlanTest {
    private static final IndexName DOCS = new IndexName("docs");

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeVectorIndexes indexes = new FakeVectorIndexes(clock);
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withVectors(indexes),
            clock,
            new SettableTicker(),
            new RecordingStorageLog());

    @Test
    void an_index_is_made_once_with_what_filters_may_ask_for() {
        make("docs: {dimensions: 3, metric: dot-product, strings: [kind, a.b], numbers: [year], booleans: [free]}");
        make("docs: {dimensions: 3, metric: dot-product, strings: [kind, a.b, more]}");

        var info = indexes.open(DOCS).orElseThrow().describe();
        assertThat(info.index().shape()).isEqualTo(new IndexShape(3, Metric.DOT_PRODUCT));
        assertThat(info.metadata())
                .containsExactly(
                        MetadataField.of("kind", MetadataField.Type.STRING),
                        MetadataField.of("a.b", MetadataField.Type.STRING),
                        MetadataField.of("year", MetadataField.Type.NUMBER),
                        MetadataField.of("free", MetadataField.Type.BOOLEAN),
                        MetadataField.of("more", MetadataField.Type.STRING));
    }

    @Test
    void an_index_of_another_shape_is_left_as_it_is_and_told() {
        make("docs: {dimensions: 3}");

        assertThatExceptionOfType(StorageFailure.Rejected.class)
                .isThrownBy(() -> make("docs: {dimensions: 2, metric: euclidean}"))
                .withMessageContaining("triport.kv.indexes.docs: 2 euclidean (expected: 3 cosine");
    }

    @Test
    void what_no_index_can_have_is_refused_with_its_key() {
        for (var wrong : Map.of(
                        "docs: {}", "docs.dimensions",
                        "docs: {dimensions: 1537}", "docs.dimensions",
                        "docs: {dimensions: 2, metric: far}", "docs.metric",
                        "docs: {dimensions: 2, strings: ['$a']}", "docs.strings",
                        "'no name': {dimensions: 2}", "no name")
                .entrySet()) {
            assertThatExceptionOfType(ConfigError.class)
                    .as(wrong.getKey())
                    .isThrownBy(() -> read(wrong.getKey()))
                    .withMessageContaining(wrong.getValue());
        }
    }

    private void make(String yaml) {
        try (var grant = new TestGrants(clock).ofEverything()) {
            read(yaml).forEach(plan -> plan.make(grant, storage));
        }
    }

    private static List<IndexPlan> read(String yaml) {
        return IndexPlan.read(new Sources(ConfigFile.parse("test.yml", "indexes: {" + yaml + "}"), Map.of(), Map.of())
                .root()
                .section("indexes"));
    }
}
