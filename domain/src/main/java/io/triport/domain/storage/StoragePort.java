package io.triport.domain.storage;

import java.util.Locale;

/** The ports by name, for logs, metrics and cursors. */
public enum StoragePort {
    KEY_VALUE,
    OBJECT,
    DURABLE_OBJECTS,
    RESOURCES,
    IDEMPOTENCY;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
