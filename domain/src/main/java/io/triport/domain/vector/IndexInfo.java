package io.triport.domain.vector;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an index beside its vectors.
 *
 * @param vectors how many there are
 * @param processedUpToMutation the last change that every call sees
 * @param processedAt when that was; when the index was made, where nothing has changed
 * @param metadata the properties that are indexed, in the order in which they came
 */
public record IndexInfo(
        Index index,
        long vectors,
        MutationId processedUpToMutation,
        Instant processedAt,
        List<MetadataField> metadata) {
    public IndexInfo {
        metadata = List.copyOf(metadata);
    }
}
