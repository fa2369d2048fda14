package io.triport.storage.memory;

import io.triport.storage.revocation.FollowedFixture;
import io.triport.testkit.RevocationListContract;

final class MemoryRevocationsTest extends RevocationListContract {
    @Override
    protected Fixture create() {
        var source = new MemoryRevocations();
        return new FollowedFixture(() -> source, () -> {}, () -> {});
    }
}
