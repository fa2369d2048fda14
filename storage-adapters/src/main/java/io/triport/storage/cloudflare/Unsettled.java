package io.triport.storage.cloudflare;

import io.triport.domain.table.DocumentName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is written here and not known to be there. Its monitor guards all. */
final class Unsettled {
    private final Map<Change.Place, Integer> held = new HashMap<>();
    private final Map<Change.Place, Integer> leftPlaces = new HashMap<>();
    private final Map<DocumentName, Change> left = new LinkedHashMap<>();
    private final Set<Look> looks = new HashSet<>();

    /** What is being looked at in the account, and what of it was written meanwhile. */
    final class Look implements AutoCloseable {
        private final Set<Change.Place> places;
        private final Set<Change.Place> written = new HashSet<>();

        private Look(Collection<Change.Place> places) {
            this.places = Set.copyOf(places);
        }

        boolean written(Change.Place place) {
            synchronized (Unsettled.this) {
                return written.contains(place);
            }
        }

        @Override
        public void close() {
            synchronized (Unsettled.this) {
                looks.remove(this);
            }
        }
    }

    synchronized Look look(Collection<Change.Place> places) {
        var look = new Look(places);
        looks.add(look);
        return look;
    }

    /** Somebody is about to write it, or has, and brings it there. */
    synchronized void hold(Change.Place place) {
        held.merge(place, 1, Integer::sum);
        wrote(place);
    }

    /** It is not here what it was. */
    synchronized void wrote(Change.Place place) {
        for (var look : looks) {
            if (look.places.contains(place)) {
                look.written.add(place);
            }
        }
    }

    synchronized void release(Collection<Change.Place> places) {
        places.forEach(place -> lessen(held, place));
    }

    /** Nobody brings it there any more, because it cannot be done now. */
    synchronized void leave(DocumentName document, Change change) {
        if (left.put(document, change) == null) {
            change.places().forEach(place -> leftPlaces.merge(place, 1, Integer::sum));
        }
    }

    synchronized void settled(DocumentName document) {
        var change = left.remove(document);
        if (change != null) {
            change.places().forEach(place -> lessen(leftPlaces, place));
        }
    }

    private static void lessen(Map<Change.Place, Integer> counts, Change.Place place) {
        if (!counts.remove(place, 1)) {
            counts.computeIfPresent(place, (same, count) -> count - 1);
        }
    }

    synchronized boolean has(Change.Place place) {
        return held.containsKey(place) || leftPlaces.containsKey(place);
    }

    synchronized List<Map.Entry<DocumentName, Change>> left() {
        return left.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Changes that nobody brings to the account at the moment. */
    synchronized int waiting() {
        return left.size();
    }

    synchronized boolean hasLeft(Change.Place place) {
        return leftPlaces.containsKey(place);
    }
}
