package io.triport.domain.storage;

import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeVectorIndexes;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import io.triport.testkit.VectorIndexContract;
import java.util.Optional;
import java.util.Set;

/** What a grant of everything sees of vector indexes. */
final class ConfinedVectorIndexContractTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected VectorFixture create() {
        return new Viewed(SettableClock.anywhere());
    }

    private static final class Viewed implements VectorFixture, VectorIndexes {
        private final SettableClock clock;
        private final TestGrants grants;
        private final FakeVectorIndexes behind;
        private final Storage storage;

        private Viewed(SettableClock clock) {
            this.clock = clock;
            this.grants = new TestGrants(clock);
            this.behind = new FakeVectorIndexes(clock);
            this.storage = new Storage(
                    new FakeStorageEngine(clock),
                    Storage.Beside.NOTHING.withVectors(behind),
                    clock,
                    new SettableTicker(),
                    new RecordingStorageLog());
        }

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

        @Override
        public VectorIndexes indexes() {
            return this;
        }

        @Override
        public VectorIndexes reopen(VectorLimits limits) {
            behind.limit(limits);
            return this;
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public Set<VectorCapability> capabilities() {
            return Set.of(VectorCapability.LARGE_INDEXES);
        }

        @Override
        public void close() {
            // Memory only.
        }
    }
}
