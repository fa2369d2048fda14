package io.triport.domain.cursor;

import java.util.Locale;

/** The ports by name, for logs, metrics and cursors. */
public enum StoragePort {
    KEY_VALUE,
    OBJECT,
    DURABLE_OBJECTS,
    DURABLE_INVENTORY,
    QUEUE,
    CACHE,
    SQL,
    DATABASES,
    VECTOR,
    VECTOR_INDEXES,
    INFERENCE,
    RESOURCES,
    IDEMPOTENCY,
    KEY_CATALOGUE,
    KEY_HISTORY,
    AUDIT_TRAIL,
    JOB_LEDGER,
    SETTINGS;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
