package io.triport.testkit;

import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import java.util.Set;

final class FakeVectorIndexesTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        return "fake";
    }

    @Override
    protected VectorFixture create() {
        var clock = SettableClock.anywhere();
        var indexes = new FakeVectorIndexes(clock);
        return new VectorFixture() {
            @Override
            public VectorIndexes indexes() {
                return indexes;
            }

            @Override
            public VectorIndexes reopen(VectorLimits limits) {
                indexes.limit(limits);
                return indexes;
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
        };
    }
}
