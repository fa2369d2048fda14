package io.triport.storage.lucene;

import io.triport.domain.storage.Storage;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a grant of everything sees of vector indexes. */
final class ViewedVectorFixture implements VectorFixture {
    private final LuceneFixture behind = new LuceneFixture();
    private final TestGrants grants = new TestGrants(behind.clock());

    private record Viewed(Storage storage, VectorIndexes behind, TestGrants grants) implements VectorIndexes {
        @Override
        public Optional<VectorIndex> open(IndexName name) {
            return behind.catalogue().find(name).map(index -> storage.vectors(grants.ofEverything(), name));
        }

        @Override
        public IndexCatalogue catalogue() {
            return storage.vectorIndexes(grants.ofEverything());
        }

        @Override
        public String adapter() {
            return behind.adapter();
        }
    }

    @Override
    public VectorIndexes indexes() {
        return viewed(behind.indexes());
    }

    @Override
    public VectorIndexes reopen(VectorLimits limits) {
        return viewed(behind.reopen(limits));
    }

    @Override
    public SettableClock clock() {
        return behind.clock();
    }

    @Override
    public List<Integer> killWhileWriting(IndexName name) {
        return behind.killWhileWriting(name);
    }

    @Override
    public Set<VectorCapability> capabilities() {
        return behind.capabilities();
    }

    @Override
    public void close() {
        behind.close();
    }

    private VectorIndexes viewed(VectorIndexes indexes) {
        var storage = new Storage(
                new FakeStorageEngine(behind.clock()),
                Storage.Beside.NOTHING.withVectors(indexes),
                behind.clock(),
                new SettableTicker(),
                new RecordingStorageLog());
        return new Viewed(storage, indexes, grants);
    }
}
