package io.triport.storage.lucene;

import io.triport.domain.vector.FieldValue;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorValues;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** The fields of a vector's document. */
final class LuceneFields {
    /*
     * Values that are very large or very small
     *
     * Lucene reckons in single precision: sums of squares of very large values become infinite, or no number at all, which has no
     * place in a graph of neighbours. Vectors whose largest value is far from one are therefore kept apart, in their records, and
     * every search looks at them one by one. The bounds leave room for 1536 squares, and for the cosine of the smallest.
     */
    static final String ID = "id";
    static final String NAMESPACE = "namespace";
    static final String RECORD = "record";
    static final String VALUES = "values";
    static final Term APART = new Term("apart", "1");

    private static final float LARGEST = 0x1p50f;
    private static final float SMALLEST = 0x1p-50f;
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private LuceneFields() {}

    /** @param state has the metadata that is indexed */
    static Document document(Vector vector, IndexShape shape, LuceneState state) {
        var document = new Document();
        var id = bytes(vector.id());
        document.add(new StringField(ID, id, Field.Store.NO));
        document.add(new BinaryDocValuesField(ID, id));
        document.add(new StringField(
                NAMESPACE, new BytesRef(vector.namespace().bytes().toByteArray()), Field.Store.NO));
        if (usual(vector.values())) {
            document.add(new KnnFloatVectorField(VALUES, vector.values().toArray(), similarity(shape.metric())));
            document.add(new StoredField(RECORD, LuceneRecord.write(vector, LuceneRecord.Place.FIELD)));
        } else {
            document.add(new StringField(APART.field(), APART.bytes(), Field.Store.NO));
            document.add(new StoredField(RECORD, LuceneRecord.write(vector, LuceneRecord.Place.RECORD)));
        }
        state.places()
                .forEach((place, field) ->
                        field.value(vector.metadata()).ifPresent(value -> add(document, metadata(place), value)));
        return document;
    }

    /** By its place among those that are or were indexed, since a name of a caller's may be that of a field of ours. */
    static String metadata(int place) {
        return "metadata." + place;
    }

    static Term term(VectorId id) {
        return new Term(ID, bytes(id));
    }

    static BytesRef bytes(VectorId id) {
        return new BytesRef(id.bytes().toByteArray());
    }

    /** Of a string or a truth, which are indexed as words. */
    static BytesRef word(FieldValue value) {
        return switch (value) {
            case FieldValue.Text(var start) -> new BytesRef(start.toByteArray());
            case FieldValue.Truth(var truth) -> new BytesRef(truth ? TRUE : FALSE);
            case FieldValue.Numeric number -> throw new IllegalArgumentException("word: a number");
        };
    }

    /** Whether Lucene can reckon with them. */
    static boolean usual(VectorValues values) {
        var largest = 0f;
        for (var i = 0; i < values.dimensions(); i++) {
            largest = Math.max(largest, Math.abs(values.at(i)));
        }
        return largest <= LARGEST && largest >= SMALLEST;
    }

    private static void add(Document document, String name, FieldValue value) {
        switch (value) {
            case FieldValue.Numeric(var number) -> document.add(new DoubleField(name, number, Field.Store.NO));
            case FieldValue.Text text -> addWord(document, name, word(text));
            case FieldValue.Truth truth -> addWord(document, name, word(truth));
        }
    }

    private static void addWord(Document document, String name, BytesRef word) {
        document.add(new StringField(name, word, Field.Store.NO));
        document.add(new SortedDocValuesField(name, word));
    }

    private static VectorSimilarityFunction similarity(Metric metric) {
        return switch (metric) {
            case COSINE -> VectorSimilarityFunction.COSINE;
            case DOT_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
        };
    }
}
