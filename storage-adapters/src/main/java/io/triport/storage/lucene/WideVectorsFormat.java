package io.triport.storage.lucene;

import io.triport.domain.vector.VectorValues;
import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** Lucene's own format of vectors, but for as many dimensions as the port allows: Lucene asks for that only when it writes. */
final class WideVectorsFormat extends KnnVectorsFormat {
    /*
     * Name
     *
     * A segment names the formats that it is written in, and is read by those that Lucene finds by these names. This one has the
     * name of the format behind it, which therefore reads what was written here: no class of ours has to be found by a name.
     *
     * Graph
     *
     * A segment in which a search for a number of neighbours is expected to visit all vectors has no graph; for 1,000 of them that
     * is one of less than about 9,000 vectors. Searches look at all vectors of such a segment, and whoever writes many batches does
     * not pay for graphs that the next merge makes anew.
     */
    static final int GRAPH_FOR = 1_000;

    private static final int MERGE_WORKERS = 1;

    private final KnnVectorsFormat format;

    private WideVectorsFormat(int graphFor) {
        super(new Lucene99HnswVectorsFormat().getName());
        this.format = new Lucene99HnswVectorsFormat(
                Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
                Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
                MERGE_WORKERS,
                null,
                graphFor);
    }

    /** Lucene's codec with this format. @param graphFor neighbours, as above; 0 for graphs in all segments */
    static Codec codec(int graphFor) {
        var format = new WideVectorsFormat(graphFor);
        return new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return VectorValues.MOST;
    }
}
