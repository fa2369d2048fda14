package io.triport.domain.storage;

/** What an app's readiness and configuration dump say of its engine. Safe for many threads. */
public interface StorageHealth {
    EngineInfo info();

    /** Whether the engine answers reads and acknowledges writes; asks it, within 2 s. */
    boolean answers();
}
