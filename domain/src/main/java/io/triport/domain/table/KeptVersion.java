package io.triport.domain.table;

import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import java.time.Instant;

/**
 * What a key was before it was overwritten or deleted.
 *
 * @param number grows with every kept version of all keys; 0 before it is kept
 * @param entry as it was stored, with its expiry as a moment
 * @param operation what ended it, such as {@code update}
 * @param user who did that
 * @param at when
 * @param keptUntil from then on it may go; {@link Instant#MAX} for never
 */
public record KeptVersion(
        long number,
        KvKey key,
        KvEntry entry,
        KeyLabels labels,
        String operation,
        String user,
        Instant at,
        Instant keptUntil) {
    public KeptVersion numbered(long other) {
        return new KeptVersion(other, key, entry, labels, operation, user, at, keptUntil);
    }

    public KeptVersion named(KvKey other) {
        return new KeptVersion(number, other, entry, labels, operation, user, at, keptUntil);
    }

    public boolean mayGo(Instant now) {
        return !now.isBefore(keptUntil);
    }

    public VersionSummary summary() {
        return new VersionSummary(
                number, key, entry.version(), entry.value().size(), entry.expiry(), operation, user, at, keptUntil);
    }
}
