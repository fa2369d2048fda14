package io.triport.testkit;

import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import java.util.EnumSet;
import java.util.Set;

/** Of an adapter for which this machine has no server: nothing that needs an index is claimed, and the row says why. */
public final class AbsentVectorFixture implements VectorFixture {
    private final VectorCapability lacking;
    private final SettableClock clock = SettableClock.anywhere();

    public AbsentVectorFixture(VectorCapability lacking) {
        this.lacking = lacking;
    }

    @Override
    public VectorIndexes indexes() {
        throw new NotClaimed(lacking);
    }

    @Override
    public VectorIndexes reopen(VectorLimits limits) {
        throw new NotClaimed(lacking);
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public Set<VectorCapability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(lacking));
    }

    @Override
    public void close() {}
}
