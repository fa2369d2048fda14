package io.triport.e2e.planted.rule05.disk;

import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;

/** Planted: an adapter that anybody can name. */
public final class OpenHealth implements StorageHealth {
    @Override
    public EngineInfo info() {
        return new EngineInfo("open", Durability.VOLATILE);
    }

    @Override
    public boolean answers() {
        return true;
    }
}
