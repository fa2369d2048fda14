package io.triport.gateway.audit;

import io.triport.domain.audit.AuditRecord;
import java.util.List;

/** A record on its way. @param kept who waits for it. @param placed whether it has a place, which it gives back */
record Entry(AuditRecord record, Runnable kept, boolean placed) {
    static Entry own(AuditRecord record) {
        return new Entry(record, () -> {}, false);
    }

    /** Where nobody waits for it: else a whole request would stay in memory for as long as its record does. */
    Entry alone() {
        return new Entry(record, () -> {}, placed);
    }

    static List<AuditRecord> records(List<Entry> batch) {
        return batch.stream().map(Entry::record).toList();
    }

    Entry linked(AuditRecord link) {
        return new Entry(link, kept, placed);
    }
}
