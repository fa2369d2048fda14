package io.triport.storage.cloudflare;

import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.table.Tables;

/** The local tables, but for what is known of keys. */
record CloudflareTables(Tables local, KeyCatalogue keyCatalogue) implements Tables {
    @Override
    public KeyHistory keyHistory() {
        return local.keyHistory();
    }

    @Override
    public AuditTrail auditTrail() {
        return local.auditTrail();
    }

    @Override
    public JobLedger jobLedger() {
        return local.jobLedger();
    }

    @Override
    public Settings settings() {
        return local.settings();
    }
}
