package io.triport.storage.lucene;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A directory of its own. */
final class LuceneFixture implements VectorFixture {
    private static final int WRITTEN_BEFORE_KILL = 60;

    private final Path directory = make();
    private final SettableClock clock = SettableClock.anywhere();
    private final SeededRandomness randomness = new SeededRandomness(7);
    private final LuceneMeans.Search search;
    private LuceneIndexes indexes;

    LuceneFixture() {
        this(LuceneMeans.Search.USUAL);
    }

    LuceneFixture(LuceneMeans.Search search) {
        this.search = search;
        this.indexes = open(VectorLimits.USUAL);
    }

    @Override
    public LuceneIndexes indexes() {
        return indexes;
    }

    @Override
    public LuceneIndexes reopen(VectorLimits limits) {
        indexes.close();
        indexes = open(limits);
        return indexes;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public List<Integer> killWhileWriting(IndexName name) {
        indexes.close();
        var told = KilledWriter.killAfter(
                WRITTEN_BEFORE_KILL, KilledLuceneWriter.class.getName(), List.of(directory.toString(), name.text()));
        indexes = open(VectorLimits.USUAL);
        return told;
    }

    @Override
    public Set<VectorCapability> capabilities() {
        return Set.of(VectorCapability.SURVIVES_KILL, VectorCapability.LARGE_INDEXES);
    }

    @Override
    public void close() {
        indexes.close();
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** The directory stays as it is until it is opened again. */
    void shut() {
        indexes.close();
    }

    void open() {
        indexes = open(VectorLimits.USUAL);
    }

    LuceneIndexes open(VectorLimits limits) {
        return LuceneIndexes.open(directory, means(limits));
    }

    LuceneMeans means(VectorLimits limits) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        return new LuceneMeans(limits, search, seal, clock, randomness);
    }

    private static Path make() {
        try {
            return Files.createTempDirectory("triport-vectors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
