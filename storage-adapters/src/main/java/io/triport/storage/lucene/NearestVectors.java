package io.triport.storage.lucene;

import io.triport.domain.vector.Match;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;

/** One search for the nearest vectors. Whichever way they are found, their scores are reckoned anew from their values. */
final class NearestVectors {
    /*
     * Which way
     *
     * Where few vectors come into question, all of them are looked at. Else Lucene's graphs are asked for more than are wanted, since
     * a graph misses some of those at the end of what it is asked for. A graph that is in pieces may give fewer than there are: then
     * all are looked at after all.
     */
    /** At and above it a search may miss some (storage contract, section 8.3). */
    static final int EXACT_BELOW = 10_000;

    /** Of 20,000 random vectors of 128 values in two graphs, 0.985 of the ten nearest are among so many; of 200 it is 0.96. */
    private static final int ASKED_FOR = 300;

    private final IndexSearcher searcher;
    private final Metric metric;
    private final VectorValues target;
    private final int wanted;
    private final int exactBelow;
    private final Comparator<Found> order;
    /** The worst first. */
    private final PriorityQueue<Found> nearest;

    NearestVectors(IndexSearcher searcher, Metric metric, VectorValues target, int wanted, int exactBelow) {
        this.searcher = searcher;
        this.metric = metric;
        this.target = target;
        this.wanted = wanted;
        this.exactBelow = exactBelow;
        this.order = Comparator.comparing(Found::score, metric.nearestFirst()).thenComparing(Found::id);
        this.nearest = new PriorityQueue<>(order.reversed());
    }

    private record Found(double score, VectorId id, int document) {}

    /** Those that the filter lets through, in their order. */
    List<Match> among(Query filter) throws IOException {
        var candidates = searcher.count(filter);
        if (candidates < exactBelow || !LuceneFields.usual(target)) {
            lookAtAll(filter);
        } else {
            askGraphs(filter);
            lookAtAll(new BooleanQuery.Builder()
                    .add(filter, BooleanClause.Occur.FILTER)
                    .add(new TermQuery(LuceneFields.APART), BooleanClause.Occur.FILTER)
                    .build());
            if (nearest.size() < Math.min(wanted, candidates)) {
                nearest.clear();
                lookAtAll(filter);
            }
        }
        return matches(new LuceneRead(searcher));
    }

    private List<Match> matches(LuceneRead read) throws IOException {
        var found = new ArrayList<>(nearest);
        found.sort(order);
        var matches = new ArrayList<Match>();
        for (var one : found) {
            matches.add(new Match(one.score(), read.vector(one.document())));
        }
        return matches;
    }

    private void lookAtAll(Query query) throws IOException {
        var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (var context : searcher.getIndexReader().leaves()) {
            var scorer = weight.scorer(context);
            if (scorer != null) {
                lookAt(context, scorer.iterator());
            }
        }
    }

    private void askGraphs(Query filter) throws IOException {
        var asked = Math.max(ASKED_FOR, wanted);
        // One that lets everything through would be made a set of all documents.
        var query = filter instanceof MatchAllDocsQuery
                ? new KnnFloatVectorQuery(LuceneFields.VALUES, target.toArray(), asked)
                : new KnnFloatVectorQuery(LuceneFields.VALUES, target.toArray(), asked, filter);
        var found = Arrays.stream(searcher.search(query, asked).scoreDocs)
                .mapToInt(one -> one.doc)
                .sorted()
                .toArray();
        for (var context : searcher.getIndexReader().leaves()) {
            var here = Arrays.stream(found)
                    .map(document -> document - context.docBase)
                    .filter(document ->
                            document >= 0 && document < context.reader().maxDoc())
                    .toArray();
            lookAt(context, new Documents(here));
        }
    }

    private void lookAt(LeafReaderContext context, DocIdSetIterator documents) throws IOException {
        var leaf = new Leaf(context);
        var live = context.reader().getLiveDocs();
        for (var next = documents.nextDoc(); next != DocIdSetIterator.NO_MORE_DOCS; next = documents.nextDoc()) {
            if (live == null || live.get(next)) {
                offer(leaf, next);
            }
        }
    }

    private void offer(Leaf leaf, int document) throws IOException {
        var score = metric.score(target, leaf.values(document));
        var full = nearest.size() == wanted;
        if (full && metric.nearestFirst().compare(score, nearest.element().score()) > 0) {
            return;
        }
        var found = new Found(score, leaf.id(document), leaf.context.docBase + document);
        if (full && order.compare(found, nearest.element()) > 0) {
            return;
        }
        if (full) {
            nearest.remove();
        }
        nearest.add(found);
    }

    /** A segment, whose documents are looked at in their order. */
    private final class Leaf {
        private final LeafReaderContext context;
        private final BinaryDocValues ids;
        private final FloatVectorValues field;
        private final KnnVectorValues.DocIndexIterator places;

        private Leaf(LeafReaderContext context) throws IOException {
            this.context = context;
            this.ids = LuceneRead.ids(context.reader());
            var values = context.reader().getFloatVectorValues(LuceneFields.VALUES);
            this.field = values == null ? FloatVectorValues.fromFloats(List.of(), target.dimensions()) : values;
            this.places = field.iterator();
        }

        private float[] values(int document) throws IOException {
            var place = places.docID() < document ? places.advance(document) : places.docID();
            return place == document
                    ? field.vectorValue(places.index())
                    : new LuceneRead(searcher)
                            .vector(context.docBase + document)
                            .values()
                            .toArray();
        }

        private VectorId id(int document) throws IOException {
            return LuceneRead.id(ids, document);
        }
    }

    /** Documents that are known, in their order. */
    private static final class Documents extends DocIdSetIterator {
        private final int[] documents;
        private int at = -1;

        private Documents(int[] documents) {
            this.documents = documents;
        }

        @Override
        public int docID() {
            if (at < 0) {
                return -1;
            }
            return at < documents.length ? documents[at] : NO_MORE_DOCS;
        }

        @Override
        public int nextDoc() {
            at++;
            return docID();
        }

        @Override
        public int advance(int wanted) throws IOException {
            return slowAdvance(wanted);
        }

        @Override
        public long cost() {
            return documents.length;
        }
    }
}
