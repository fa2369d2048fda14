package io.triport.storage.table;

import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.Settings;
import io.triport.domain.table.Tables;
import io.triport.storage.jdbc.TableAccess;

/** The typed tables of an engine that speaks SQL, in one text for all of them. Safe for many threads. */
record JdbcTables(TableAccess access, TableRepositories repositories) implements Tables {
    @Override
    public KeyCatalogue keyCatalogue() {
        return new JdbcKeyCatalogue(access, repositories);
    }

    @Override
    public KeyHistory keyHistory() {
        return new JdbcKeyHistory(access, repositories);
    }

    @Override
    public AuditTrail auditTrail() {
        return new JdbcAuditTrail(access, repositories);
    }

    @Override
    public JobLedger jobLedger() {
        return new JdbcJobLedger(access, repositories);
    }

    @Override
    public Settings settings() {
        return new JdbcSettings(access, repositories);
    }
}
