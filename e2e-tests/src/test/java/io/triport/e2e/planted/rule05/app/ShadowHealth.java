package io.triport.e2e.planted.rule05.app;

import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;

/** Planted: a storage port implemented by an app. */
final class ShadowHealth implements StorageHealth {
    @Override
    public EngineInfo info() {
        return new EngineInfo("shadow", Durability.VOLATILE);
    }

    @Override
    public boolean answers() {
        return true;
    }
}
