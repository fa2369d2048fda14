package io.triport.storage.nats;

import io.triport.domain.request.Bytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The bodies of messages, which lie in the stream; those that were seen last are kept. Guarded by its owner. */
final class Bodies {
    private static final long MOST_BYTES = 16L << 20;
    /** Of one that is kept, besides what it says. */
    private static final int EACH_BYTES = 128;

    private final SequencedMap<BodyPlace, Bytes> kept = new LinkedHashMap<>();
    private final Function<Collection<Long>, Map<Long, Entry>> entries;
    private long bytes;

    /** @param entries reads those of the numbers, all or none */
    Bodies(Function<Collection<Long>, Map<Long, Entry>> entries) {
        this.entries = entries;
    }

    /** Those of the places that are written. */
    Map<BodyPlace, Bytes> at(Collection<BodyPlace> places) {
        var found = new HashMap<BodyPlace, Bytes>();
        var missing = new TreeSet<Long>();
        for (var place : places) {
            var body = place.size() == 0 ? Bytes.EMPTY : kept.get(place);
            if (body == null) {
                missing.add(place.entry());
            } else {
                found.put(place, body);
            }
        }
        if (!missing.isEmpty()) {
            entries.apply(missing).forEach((number, entry) -> {
                var written = written(entry, number);
                places.stream().filter(written::containsKey).forEach(place -> found.put(place, written.get(place)));
            });
            found.forEach(this::keep);
        }
        return found;
    }

    /** Keeps what is about to be asked for. */
    void keep(Entry entry, long number) {
        written(entry, number).forEach(this::keep);
    }

    void clear() {
        kept.clear();
        bytes = 0;
    }

    private static Map<BodyPlace, Bytes> written(Entry entry, long number) {
        var written = new HashMap<BodyPlace, Bytes>();
        for (var change : entry.changes()) {
            if (change instanceof Change.Put(var message)) {
                var body = message.delivery().body();
                written.put(new BodyPlace(number, message.number(), body.size()), body);
            }
        }
        return written;
    }

    private void keep(BodyPlace place, Bytes body) {
        if (body.isEmpty() || kept.putIfAbsent(place, body) != null) {
            return;
        }
        bytes += EACH_BYTES + body.size();
        while (bytes > MOST_BYTES) {
            bytes -= EACH_BYTES + kept.pollFirstEntry().getValue().size();
        }
    }
}
