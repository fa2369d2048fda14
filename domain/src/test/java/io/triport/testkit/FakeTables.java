package io.triport.testkit;

import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.table.Tables;

/** The tables of a {@link FakeStorageEngine}. */
record FakeTables(FakeStorageEngine engine) implements Tables {
    @Override
    public KeyCatalogue keyCatalogue() {
        return new FakeKeyCatalogue(engine);
    }

    @Override
    public KeyHistory keyHistory() {
        return new FakeKeyHistory(engine);
    }

    @Override
    public AuditTrail auditTrail() {
        return new FakeAuditTrail(engine);
    }

    @Override
    public JobLedger jobLedger() {
        return new FakeJobLedger(engine);
    }

    @Override
    public Settings settings() {
        return new FakeSettings(engine);
    }
}
