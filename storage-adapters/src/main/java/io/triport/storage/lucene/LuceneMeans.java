package io.triport.storage.lucene;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.time.Randomness;
import io.triport.domain.vector.VectorLimits;
import java.time.Clock;

/**
 * What every index of a directory needs.
 *
 * @param search when graphs of neighbours are made and asked
 * @param cursors seals the cursors of listings
 */
record LuceneMeans(VectorLimits limits, Search search, CursorSeal cursors, Clock clock, Randomness randomness) {
    /**
     * When graphs of neighbours are made and asked.
     *
     * @param exactBelow how many vectors have to come into question before a search may miss some
     * @param graphFor as {@link WideVectorsFormat} has it
     */
    record Search(int exactBelow, int graphFor) {
        static final Search USUAL = new Search(NearestVectors.EXACT_BELOW, WideVectorsFormat.GRAPH_FOR);
    }
}
