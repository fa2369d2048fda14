package io.triport.manager.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What may happen (manager API, section 7). */
public enum EventKind {
    KEY_CREATE,
    KEY_UPDATE,
    KEY_DELETE,
    BULK_DELETE_COMPLETE,
    BULK_COPY_COMPLETE,
    BULK_TTL_COMPLETE,
    BULK_TAG_COMPLETE,
    IMPORT_COMPLETE,
    EXPORT_COMPLETE,
    BACKUP_COMPLETE,
    RESTORE_COMPLETE,
    JOB_FAILED,
    BATCH_COMPLETE;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventKind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
