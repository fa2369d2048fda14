package io.triport.storage.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.storage.Durability;
import io.triport.testkit.Capability;
import io.triport.testkit.StorageFixture;

/** What may be asked of an engine that ends with its process. */
final class Survival {
    private Survival() {}

    /** Whether the engine keeps nothing when it is closed, which it then has to say. */
    static boolean notClaimed(StorageFixture fixture) {
        if (fixture.capabilities().contains(Capability.SURVIVES_REOPEN)) {
            return false;
        }
        assertThat(fixture.engine().info().durability()).isEqualTo(Durability.VOLATILE);
        return true;
    }
}
