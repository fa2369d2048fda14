package io.triport.domain.vector;

import java.util.Comparator;
import java.util.List;

/**
 * A vector that is near.
 *
 * @param score as {@link Metric} has it
 * @param vector its values are {@link VectorValues#NONE}, and its metadata none or a part, where the query did not ask for them
 */
public record Match(double score, Vector vector) {
    /** The nearest first; of two that are as near the one whose id comes first. */
    public static Comparator<Match> order(Metric metric) {
        return Comparator.comparing(Match::score, metric.nearestFirst())
                .thenComparing(match -> match.vector().id());
    }

    /** The same with no more than was asked for. */
    public Match only(VectorQuery.Returned wanted, List<MetadataField> indexed) {
        var values = switch (wanted.values()) {
            case LEFT_OUT -> VectorValues.NONE;
            case WHOLE -> vector.values();
        };
        var metadata = switch (wanted.metadata()) {
            case NONE -> VectorMetadata.NONE;
            case INDEXED -> vector.metadata().indexed(indexed);
            case ALL -> vector.metadata();
        };
        return new Match(score, new Vector(vector.id(), vector.namespace(), values, metadata));
    }
}
