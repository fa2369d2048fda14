package io.triport.e2e.planted.rule05.disk;

import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;

/** Allowed: closed, and known to its package alone. */
final class HiddenHealth implements StorageHealth {
    @Override
    public EngineInfo info() {
        return new EngineInfo("hidden", Durability.VOLATILE);
    }

    @Override
    public boolean answers() {
        return true;
    }
}
