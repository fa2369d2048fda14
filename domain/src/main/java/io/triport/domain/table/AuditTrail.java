package io.triport.domain.table;

import java.time.Instant;
import java.util.List;

/**
 * What was done, by whom, in the order in which it was: entries are added and never changed, and each names the one before by its
 * hash, so that one that was altered or taken out shows. Within {@code Storage.together} an entry commits with the change that it is
 * about. Safe for many threads.
 */
public interface AuditTrail {
    void append(List<AuditEntry> entries);

    /** The newest first, those of one moment by their ids. */
    List<AuditRow> page(AuditQuery query);

    /** Follows the chain from its anchor on: the oldest entry that is still there has to be the one behind it. */
    AuditVerdict verify();

    /**
     * Removes the oldest entries, at most so many and never the newest, which the next one names. The last that is removed is the
     * chain's anchor from then on.
     *
     * @return how many were removed
     */
    int forget(Instant before, int most);
}
