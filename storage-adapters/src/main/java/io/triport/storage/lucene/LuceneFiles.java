package io.triport.storage.lucene;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.PointsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** An index that is open. Many threads may read, one at a time may write; whoever closes it sees to it that nobody does either. */
final class LuceneFiles implements AutoCloseable {
    /*
     * Memory
     *
     * What is read is mapped, and not on the heap. What is written is on the heap until 16 MiB of it are put to disk, and so is the
     * graph of a merge: a quarter of a kilobyte and more for each vector. A segment of 250,000 vectors is therefore not merged any
     * more, and one merge at a time is made.
     *
     * Damage
     *
     * Lucene reads most files without looking at their sums. They are looked at once when the index is opened, but for the values,
     * which may be many times the rest: each vector has a sum of its own (LuceneRecord). What a graph of neighbours has wrong only
     * makes searches miss more.
     */
    private static final double WRITTEN_MIB = 16;
    private static final int MOST_MERGED = 250_000;

    private final Index index;
    private final LuceneMeans means;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile LuceneState state;
    private volatile boolean spoilt;

    private LuceneFiles(Index index, LuceneMeans means, Directory directory, IndexWriter writer) throws IOException {
        this.index = index;
        this.means = means;
        this.directory = directory;
        this.writer = writer;
        this.state = LuceneState.from(data(writer));
        this.searchers = new SearcherManager(writer, null);
    }

    /** Something that is read of the index as it is at one time. */
    interface Reading<R> {
        R read(IndexSearcher searcher, LuceneState state) throws IOException;
    }

    /** What becomes of a change. */
    sealed interface Done {
        /** It is kept. */
        record Kept(Mutation mutation) implements Done {}

        /** It was refused. */
        record Refused(StorageFailure failure) implements Done {}
    }

    /** Makes an empty index in a folder. */
    static void make(Index index, Path folder, LuceneMeans means) throws IOException {
        try (var directory = FSDirectory.open(folder);
                var writer = new IndexWriter(directory, config(means).setOpenMode(IndexWriterConfig.OpenMode.CREATE))) {
            var state = LuceneState.fresh(index.created());
            writer.setLiveCommitData(state.toCommit().entrySet());
            writer.commit();
        }
    }

    /** @throws CorruptIndexException for what is damaged, and other exceptions of that kind */
    static LuceneFiles open(Index index, Path folder, LuceneMeans means) throws IOException {
        var directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, config(means).setOpenMode(IndexWriterConfig.OpenMode.APPEND));
            var files = new LuceneFiles(index, means, directory, writer);
            files.read((searcher, state) -> verified(searcher.getIndexReader()));
            return files;
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    <R> R read(Reading<R> reading) throws IOException {
        var searcher = searchers.acquire();
        try {
            return reading.read(searcher, state);
        } finally {
            searchers.release(searcher);
        }
    }

    /**
     * Does the changes and keeps them, all with one commit.
     *
     * @throws IOException when none of them is kept, and the index has to be opened again
     * @throws StorageFailure OUTCOME_UNKNOWN when they may be, and as above
     */
    List<Done> change(List<LuceneChange> changes) throws IOException {
        var done = new ArrayList<Done>();
        var after = read((searcher, before) -> {
            var group = new LuceneGroup(writer, searcher, before, index.shape(), means.limits());
            for (var change : changes) {
                done.add(apply(group, change));
            }
            return group.state();
        });
        if (done.stream().noneMatch(Done.Kept.class::isInstance)) {
            return done;
        }
        writer.setLiveCommitData(after.toCommit().entrySet());
        writer.prepareCommit();
        try {
            writer.commit();
            searchers.maybeRefreshBlocking();
        } catch (IOException | RuntimeException e) {
            throw LuceneFailures.unknown(e);
        }
        state = after;
        return done;
    }

    /** A change has failed half-way, so no other may follow. */
    void spoil() {
        spoilt = true;
    }

    /** Whether it has to be opened again: a change has failed, or a merge. */
    boolean spoilt() {
        return spoilt || !writer.isOpen();
    }

    /** Merges that go on are given up; what was written and not committed is too. */
    @Override
    public void close() throws IOException {
        try (directory;
                searchers) {
            writer.rollback();
        }
    }

    private Done apply(LuceneGroup group, LuceneChange change) throws IOException {
        try {
            return new Done.Kept(group.apply(change, means.clock().instant()));
        } catch (StorageFailure e) {
            return new Done.Refused(e);
        }
    }

    private static IndexWriterConfig config(LuceneMeans means) {
        var merges = new LogDocMergePolicy();
        merges.setMaxMergeDocs(MOST_MERGED);
        var merging = new ConcurrentMergeScheduler();
        merging.setMaxMergesAndThreads(2, 1);
        return new IndexWriterConfig()
                .setCodec(WideVectorsFormat.codec(means.search().graphFor()))
                .setCommitOnClose(false)
                .setMergePolicy(merges)
                .setMergeScheduler(merging)
                .setRAMBufferSizeMB(WRITTEN_MIB);
    }

    private static Map<String, String> data(IndexWriter writer) {
        var data = new HashMap<String, String>();
        var committed = writer.getLiveCommitData();
        if (committed != null) {
            committed.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    private static boolean verified(IndexReader reader) throws IOException {
        for (var context : reader.leaves()) {
            if (!(context.reader() instanceof CodecReader leaf)) {
                throw new CorruptIndexException("segment: of an unknown kind", "index");
            }
            leaf.getFieldsReader().checkIntegrity();
            verify(leaf.getPostingsReader());
            verify(leaf.getPointsReader());
            leaf.getDocValuesReader().checkIntegrity();
        }
        return true;
    }

    private static void verify(@Nullable FieldsProducer postings) throws IOException {
        if (postings != null) {
            postings.checkIntegrity();
        }
    }

    private static void verify(@Nullable PointsReader points) throws IOException {
        if (points != null) {
            points.checkIntegrity();
        }
    }
}
