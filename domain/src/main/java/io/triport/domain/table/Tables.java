package io.triport.domain.table;

/** The typed tables of one engine. Cheap: nothing is read. */
public interface Tables {
    KeyCatalogue keyCatalogue();

    KeyHistory keyHistory();

    AuditTrail auditTrail();

    JobLedger jobLedger();

    Settings settings();
}
