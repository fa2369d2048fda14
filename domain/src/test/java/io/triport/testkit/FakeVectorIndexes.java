package io.triport.testkit;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.VectorCursors;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Vectors in maps, all of which are looked at for each query. */
public final class FakeVectorIndexes implements VectorIndexes {
    private final TreeMap<IndexName, FakeVectorIndex> byName = new TreeMap<>();
    private final SeededRandomness randomness = new SeededRandomness(1);
    private final Clock clock;
    private final CursorSeal seal;
    private VectorLimits limits = VectorLimits.USUAL;

    public FakeVectorIndexes(Clock clock) {
        this.clock = clock;
        this.seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
    }

    @Override
    public synchronized Optional<VectorIndex> open(IndexName name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public IndexCatalogue catalogue() {
        return new Catalogue();
    }

    @Override
    public String adapter() {
        return "fake";
    }

    public synchronized void limit(VectorLimits other) {
        limits = other;
    }

    private synchronized VectorLimits limits() {
        return limits;
    }

    private final class Catalogue implements IndexCatalogue {
        @Override
        public Index create(IndexName name, IndexShape shape) {
            synchronized (FakeVectorIndexes.this) {
                if (byName.containsKey(name)) {
                    throw new StorageFailure.Rejected(FailureCode.CONFLICT, "index: the name is taken");
                }
                var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                var index = new Index(IndexId.fresh(randomness), name, shape, now);
                var cursors = new VectorCursors(seal, index.id());
                byName.put(name, new FakeVectorIndex(index, cursors, FakeVectorIndexes.this::limits, clock));
                return index;
            }
        }

        @Override
        public boolean drop(IndexId id) {
            synchronized (FakeVectorIndexes.this) {
                return byName.values().removeIf(index -> index.index().id().equals(id));
            }
        }

        @Override
        public Optional<Index> find(IndexName name) {
            synchronized (FakeVectorIndexes.this) {
                return Optional.ofNullable(byName.get(name)).map(FakeVectorIndex::index);
            }
        }

        @Override
        public Optional<Index> find(IndexId id) {
            return indexes().stream().filter(index -> index.id().equals(id)).findFirst();
        }

        @Override
        public List<Index> indexes() {
            synchronized (FakeVectorIndexes.this) {
                return byName.values().stream().map(FakeVectorIndex::index).toList();
            }
        }
    }
}
