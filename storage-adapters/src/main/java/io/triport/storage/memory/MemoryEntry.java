package io.triport.storage.memory;

import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.table.KeyLabels;
import java.time.Instant;

/** An entry with what is known of its key. @param labelled {@link Instant#MIN} for never */
record MemoryEntry(KvEntry entry, Instant created, Instant updated, KeyLabels labels, Instant labelled) {
    static MemoryEntry fresh(KvEntry entry, Instant now) {
        return new MemoryEntry(entry, now, now, KeyLabels.NONE, Instant.MIN);
    }

    MemoryEntry overwritten(KvEntry other, Instant now) {
        return new MemoryEntry(other, created, now, labels, labelled);
    }

    MemoryEntry labelled(KeyLabels others, Instant now) {
        return new MemoryEntry(entry, created, updated, others, now);
    }
}
