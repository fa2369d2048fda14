package io.triport.domain.storage;

import io.triport.domain.identity.Grant;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.table.Tables;
import java.util.function.Supplier;

/** What grants of everything see of the tables. */
record ViewedTables(Storage storage, Supplier<Grant> grant) implements Tables {
    @Override
    public KeyCatalogue keyCatalogue() {
        return storage.keyCatalogue(grant.get());
    }

    @Override
    public KeyHistory keyHistory() {
        return storage.keyHistory(grant.get());
    }

    @Override
    public AuditTrail auditTrail() {
        return storage.auditTrail(grant.get());
    }

    @Override
    public JobLedger jobLedger() {
        return storage.jobLedger(grant.get());
    }

    @Override
    public Settings settings() {
        return storage.settings(grant.get());
    }
}
