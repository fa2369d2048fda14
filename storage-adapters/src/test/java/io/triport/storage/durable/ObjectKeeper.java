package io.triport.storage.durable;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes objects keep what a test says, as their owner does. */
public record ObjectKeeper(StateStore store) {
    public void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        var tenure = store.claim(new Address(type, id)).orElseThrow();
        var change = switch (alarm) {
            case KeptAlarm.None none -> AlarmChange.GOES;
            case KeptAlarm.Due(var at, var scheduledAt, var retries) ->
                new AlarmChange.Becomes(new StoredAlarm(at, scheduledAt, retries));
        };
        store.commit(tenure, new StateChanges(StateChanges.Before.GOES, state, Set.of(), change, List.of()));
        store.ends(tenure);
    }

    /** Makes an object keep a database of so many pages beside what it keeps. */
    public void keepPages(ObjectClass type, ObjectId id, int count) {
        var pages = new TreeMap<Integer, Bytes>();
        for (var number = 1; number <= count; number++) {
            pages.put(number, Bytes.copyOf(new byte[PageChanges.PAGE_BYTES]));
        }
        var tenure = store.claim(new Address(type, id)).orElseThrow();
        store.commit(
                tenure,
                new StateChanges(
                        StateChanges.Before.STAYS,
                        Map.of(),
                        Set.of(),
                        AlarmChange.STAYS,
                        List.of(),
                        new PageChanges(0, count, pages)));
        store.ends(tenure);
    }
}
