package io.triport.storage.lucene;

import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/** Vectors of an index as it is at one time. Used by one thread. */
record LuceneRead(IndexSearcher searcher) {
    private static final Set<String> RECORD = Set.of(LuceneFields.RECORD);
    private static final int NOWHERE = -1;

    boolean has(VectorId id) throws IOException {
        return document(id) != NOWHERE;
    }

    Optional<Vector> find(VectorId id) throws IOException {
        var document = document(id);
        return document == NOWHERE ? Optional.empty() : Optional.of(vector(document));
    }

    List<Vector> find(Collection<VectorId> ids) throws IOException {
        var found = new ArrayList<Vector>();
        for (var id : ids.stream().sorted().toList()) {
            find(id).ifPresent(found::add);
        }
        return found;
    }

    /** The ids behind one, in the order of their bytes. */
    List<VectorId> after(Bytes id, int limit) throws IOException {
        var found = new ArrayList<VectorId>();
        var terms = MultiTerms.getTerms(searcher.getIndexReader(), LuceneFields.ID);
        if (terms == null) {
            return found;
        }
        var all = terms.iterator();
        var start = new BytesRef(id.toByteArray());
        var status = all.seekCeil(start);
        for (var term = status == TermsEnum.SeekStatus.END ? null : all.term();
                term != null && found.size() < limit;
                term = all.next()) {
            var bytes = bytes(term);
            if (!bytes.equals(id) && has(new VectorId(bytes))) {
                found.add(new VectorId(bytes));
            }
        }
        return found;
    }

    Vector vector(int document) throws IOException {
        var record = record(document);
        return LuceneRecord.read(record, LuceneRecord.holdsValues(record) ? new float[0] : field(document));
    }

    /** Of a document that is behind all that were asked for before; from the iterator of its leaf. */
    static VectorId id(BinaryDocValues ids, int document) throws IOException {
        if (!ids.advanceExact(document)) {
            throw new CorruptIndexException("vector: without an id", "document");
        }
        return new VectorId(bytes(ids.binaryValue()));
    }

    static BinaryDocValues ids(LeafReader leaf) throws IOException {
        return DocValues.getBinary(leaf, LuceneFields.ID);
    }

    private int document(VectorId id) throws IOException {
        var wanted = LuceneFields.bytes(id);
        for (var context : searcher.getIndexReader().leaves()) {
            var found = document(context, wanted);
            if (found != NOWHERE) {
                return found;
            }
        }
        return NOWHERE;
    }

    private static int document(LeafReaderContext context, BytesRef id) throws IOException {
        var terms = context.reader().terms(LuceneFields.ID);
        if (terms == null) {
            return NOWHERE;
        }
        var all = terms.iterator();
        if (!all.seekExact(id)) {
            return NOWHERE;
        }
        var live = context.reader().getLiveDocs();
        var documents = all.postings(null, PostingsEnum.NONE);
        for (var next = documents.nextDoc(); next != DocIdSetIterator.NO_MORE_DOCS; next = documents.nextDoc()) {
            if (live == null || live.get(next)) {
                return context.docBase + next;
            }
        }
        return NOWHERE;
    }

    private BytesRef record(int document) throws IOException {
        var record = searcher.storedFields().document(document, RECORD).getBinaryValue(LuceneFields.RECORD);
        if (record == null) {
            throw new CorruptIndexException("vector: without a record", "document");
        }
        return record;
    }

    private float[] field(int document) throws IOException {
        var leaves = searcher.getIndexReader().leaves();
        var context = leaves.get(ReaderUtil.subIndex(document, leaves));
        var values = context.reader().getFloatVectorValues(LuceneFields.VALUES);
        if (values == null) {
            throw new CorruptIndexException("vector: without values", "document");
        }
        return field(values, document - context.docBase);
    }

    private static float[] field(FloatVectorValues values, int document) throws IOException {
        var all = values.iterator();
        if (all.advance(document) != document) {
            throw new CorruptIndexException("vector: without values", "document");
        }
        return values.vectorValue(all.index());
    }

    private static Bytes bytes(BytesRef ref) {
        return Bytes.from(ByteBuffer.wrap(ref.bytes, ref.offset, ref.length));
    }
}
