package io.triport.storage.durable;

import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one commit changes.
 *
 * @param before what of the state before stays
 * @param puts in the order of their keys
 * @param deletes none that is put, too
 */
public record StateChanges(Before before, Map<StateKey, Bytes> puts, Set<StateKey> deletes, AlarmChange alarm) {
    /** What becomes of the state as it was. */
    public enum Before {
        STAYS,
        GOES
    }

    public StateChanges {
        puts = Collections.unmodifiableMap(new TreeMap<>(puts));
        deletes = Set.copyOf(deletes);
    }

    boolean none() {
        return before == Before.STAYS && puts.isEmpty() && deletes.isEmpty() && alarm instanceof AlarmChange.Stays;
    }
}
