package io.triport.storage.memory;

import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.table.Tables;

/** The typed tables in memory. */
record MemoryTables(MemoryEngine engine) implements Tables {
    @Override
    public KeyCatalogue keyCatalogue() {
        return new MemoryKeyCatalogue(engine);
    }

    @Override
    public KeyHistory keyHistory() {
        return new MemoryKeyHistory(engine);
    }

    @Override
    public AuditTrail auditTrail() {
        return new MemoryAuditTrail(engine.data());
    }

    @Override
    public JobLedger jobLedger() {
        return new MemoryJobLedger(engine.data());
    }

    @Override
    public Settings settings() {
        return new MemorySettings(engine);
    }
}
