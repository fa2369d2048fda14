package io.triport.storage.lucene;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.VectorCursors;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * A directory of vector indexes: {@code indexes.db} says which there are, and each is a folder named by its id. One process at a time
 * has it. An index is opened when it is first used, and the one that was not used for the longest time is closed when too many are
 * open. Safe for many threads.
 */
public final class LuceneIndexes implements VectorIndexes, AutoCloseable {
    private static final String CATALOGUE = "indexes.db";
    private static final String LOCK = "indexes.lock";
    private static final String LEVEL = "vector-calls";

    private final Path directory;
    private final LuceneMeans means;
    private final Lock lock;
    private final LuceneCatalogue catalogue;
    private final LuceneThreads threads = new LuceneThreads();
    /** The one that was not used for the longest time first. Guarded by itself. */
    private final Map<IndexId, LuceneSlot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private LuceneIndexes(Path directory, LuceneMeans means, Lock lock) {
        this.directory = directory;
        this.means = means;
        this.lock = lock;
        this.catalogue = new LuceneCatalogue(directory.resolve(CATALOGUE));
    }

    /**
     * Opens the directory, which is made when it does not exist.
     *
     * @param cursors seals the cursors of listings
     * @throws StorageFailure when it cannot be opened, or another process has it
     */
    public static LuceneIndexes open(
            Path directory, VectorLimits limits, CursorSeal cursors, Clock clock, Randomness randomness) {
        return open(directory, new LuceneMeans(limits, LuceneMeans.Search.USUAL, cursors, clock, randomness));
    }

    static LuceneIndexes open(Path directory, LuceneMeans means) {
        try {
            Files.createDirectories(directory);
            var lock = lock(directory);
            try {
                var indexes = new LuceneIndexes(directory, means, lock);
                indexes.removeUnknown();
                return indexes;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (LockObtainFailedException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, directory + ": another process has it (expected: one app)", e);
        } catch (IOException e) {
            throw LuceneFailures.of(e);
        }
    }

    private static Lock lock(Path directory) throws IOException {
        try (var locked = FSDirectory.open(directory)) {
            return locked.obtainLock(LOCK);
        }
    }

    @Override
    public Optional<VectorIndex> open(IndexName name) {
        return catalogue
                .find(name)
                .map(index -> new LuceneIndex(index, this, new VectorCursors(means.cursors(), index.id())));
    }

    @Override
    public IndexCatalogue catalogue() {
        return new Kept();
    }

    @Override
    public String adapter() {
        return "lucene";
    }

    /** How many calls run, could run, and wait. */
    public List<StorageLevel> levels() {
        return List.of(
                new StorageLevel(Kind.BUSY, adapter(), LEVEL, threads::busy),
                new StorageLevel(Kind.IDLE, adapter(), LEVEL, threads::idle),
                new StorageLevel(Kind.WAITING, adapter(), LEVEL, threads::waiting));
    }

    /** Ends after what runs now. */
    @Override
    public void close() {
        threads.close();
        synchronized (slots) {
            slots.values().forEach(LuceneSlot::end);
        }
        catalogue.close();
        try {
            lock.close();
        } catch (IOException e) {
            LuceneFailures.LOG.warn("vectors directory={} not given back", directory, e);
        }
    }

    <R> R read(Index index, LuceneFiles.Reading<R> reading) {
        var slot = slot(index);
        return threads.read(() -> slot.read(reading));
    }

    Mutation change(Index index, LuceneChange change) {
        return slot(index).change(change);
    }

    int exactBelow() {
        return means.search().exactBelow();
    }

    /** Whether its files are open. */
    boolean opened(IndexId id) {
        synchronized (slots) {
            var slot = slots.get(id);
            return slot != null && slot.isOpen();
        }
    }

    Path folder(IndexId id) {
        return directory.resolve(id.text());
    }

    private LuceneSlot slot(Index index) {
        synchronized (slots) {
            var known = slots.get(index.id());
            if (known != null) {
                return known;
            }
            // Asked within the lock, which whoever drops it takes afterwards: no slot is made for an index that is
            // gone.
            if (catalogue.find(index.id()).isEmpty()) {
                throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "index: unknown");
            }
            var slot = new LuceneSlot(index, folder(index.id()), means, threads, this::closeUnused);
            slots.put(index.id(), slot);
            return slot;
        }
    }

    private void closeUnused() {
        List<LuceneSlot> open;
        synchronized (slots) {
            open = slots.values().stream().filter(LuceneSlot::isOpen).toList();
        }
        var most = means.limits().openIndexes();
        for (var i = 0; i < open.size() - most; i++) {
            open.get(i).closeIfIdle();
        }
    }

    private boolean drop(IndexId id) {
        var there = catalogue.remove(id);
        LuceneSlot slot;
        synchronized (slots) {
            slot = slots.remove(id);
        }
        if (slot != null) {
            slot.end();
        }
        delete(folder(id));
        return there;
    }

    /** Of indexes that were being made or dropped when the process ended. */
    private void removeUnknown() throws IOException {
        var known = catalogue.all().stream().map(index -> index.id().text()).collect(Collectors.toSet());
        try (var folders = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (var folder : folders) {
                if (!known.contains(folder.getFileName().toString())) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Nobody looks at it any more, and the next start tries again.
            LuceneFailures.LOG.warn("vectors folder={} not deleted", folder, e);
        }
    }

    private final class Kept implements IndexCatalogue {
        @Override
        public Index create(IndexName name, IndexShape shape) {
            var now = means.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            var index = new Index(IndexId.fresh(means.randomness()), name, shape, now);
            return threads.read(() -> {
                LuceneFailures.reading(() -> {
                    LuceneFiles.make(index, folder(index.id()), means);
                    return index;
                });
                try {
                    catalogue.add(index);
                    return index;
                } catch (StorageFailure e) {
                    delete(folder(index.id()));
                    throw e;
                }
            });
        }

        @Override
        public boolean drop(IndexId id) {
            return threads.read(() -> LuceneIndexes.this.drop(id));
        }

        @Override
        public Optional<Index> find(IndexName name) {
            return catalogue.find(name);
        }

        @Override
        public Optional<Index> find(IndexId id) {
            return catalogue.find(id);
        }

        @Override
        public List<Index> indexes() {
            return catalogue.all();
        }
    }
}
