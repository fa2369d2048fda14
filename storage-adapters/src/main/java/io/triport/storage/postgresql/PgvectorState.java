package io.triport.storage.postgresql;

import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexInfo;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.VectorLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the catalogue knows of an index.
 *
 * @param changed when the last change was
 * @param fields in the order in which they came
 * @param nextPlace the first place that no property has had
 */
record PgvectorState(
        Index index, long vectors, MutationId last, Instant changed, List<PgvectorField> fields, int nextPlace) {
    PgvectorState {
        fields = List.copyOf(fields);
    }

    IndexInfo info() {
        return new IndexInfo(index, vectors, last, changed, indexed());
    }

    List<MetadataField> indexed() {
        return fields.stream().map(PgvectorField::field).toList();
    }

    Optional<PgvectorField> find(PropertyName name) {
        return fields.stream()
                .filter(field -> field.field().name().equals(name))
                .findFirst();
    }

    /** Of a property that is indexed. */
    PgvectorField require(MetadataField wanted) {
        return fields.stream()
                .filter(field -> field.field().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field: " + wanted.type() + " (expected: indexed)"));
    }

    /** The first column without a property; empty where all have one. */
    Optional<Integer> freeSlot() {
        return IntStream.range(0, VectorLimits.METADATA_FIELDS)
                .filter(slot -> fields.stream().noneMatch(field -> field.slot() == slot))
                .boxed()
                .findFirst();
    }
}
