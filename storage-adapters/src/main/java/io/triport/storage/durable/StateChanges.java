package io.triport.storage.durable;

import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one commit changes.
 *
 * @param before what of the state before stays, its database included
 * @param puts in the order of their keys
 * @param deletes none that is put, too
 * @param sends in the order in which they leave
 * @param pages of its database; where it was to go before, all that it has now
 */
public record StateChanges(
        Before before,
        Map<StateKey, Bytes> puts,
        Set<StateKey> deletes,
        AlarmChange alarm,
        List<OutboxEntry> sends,
        PageChanges pages) {
    /** What becomes of the state as it was. */
    public enum Before {
        STAYS,
        GOES
    }

    public StateChanges {
        puts = Collections.unmodifiableMap(new TreeMap<>(puts));
        deletes = Set.copyOf(deletes);
        sends = List.copyOf(sends);
    }

    /** Of an object that uses no database. */
    public StateChanges(
            Before before,
            Map<StateKey, Bytes> puts,
            Set<StateKey> deletes,
            AlarmChange alarm,
            List<OutboxEntry> sends) {
        this(before, puts, deletes, alarm, sends, PageChanges.NONE);
    }

    /** Whether it may change what is kept of the database. */
    boolean touchDatabase() {
        return before == Before.GOES || !pages.none();
    }

    boolean none() {
        return before == Before.STAYS
                && puts.isEmpty()
                && deletes.isEmpty()
                && alarm instanceof AlarmChange.Stays
                && sends.isEmpty()
                && pages.none();
    }
}
