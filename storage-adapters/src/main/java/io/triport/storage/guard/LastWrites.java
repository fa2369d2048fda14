package io.triport.storage.guard;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** When keys were written last on this node, as far back as that matters. Each key is guarded by its place in the map. */
final class LastWrites {
    private final ConcurrentHashMap<Name, Mark> marks = new ConcurrentHashMap<>();
    private final AtomicLong tidied;
    private final long apart;
    private final Ticker ticker;

    record Name(NamespaceTitle namespace, KvKey key) {}

    /** One write; not equal to another at the same moment. */
    static final class Mark {
        private final long at;

        private Mark(long at) {
            this.at = at;
        }
    }

    LastWrites(Duration apart, Ticker ticker) {
        this.apart = apart.toNanos();
        this.ticker = ticker;
        this.tidied = new AtomicLong(ticker.nanos());
    }

    /** Takes a key for a write; empty when one was too short a while ago. */
    Optional<Mark> take(Name name) {
        var now = ticker.nanos();
        tidy(now);
        var mine = new Mark(now);
        var kept = marks.compute(name, (same, last) -> last == null || over(last, now) ? mine : last);
        return kept == mine ? Optional.of(mine) : Optional.empty();
    }

    /** The write did not happen after all. */
    void giveBack(Name name, Mark mark) {
        marks.remove(name, mark);
    }

    /** Once in the time that writes are apart: so there are no more marks than writes in twice that time. */
    private void tidy(long now) {
        var last = tidied.get();
        if (now - last >= apart && tidied.compareAndSet(last, now)) {
            marks.values().removeIf(mark -> over(mark, now));
        }
    }

    private boolean over(Mark mark, long now) {
        return now - mark.at >= apart;
    }

    /** For tests. */
    int size() {
        return marks.size();
    }
}
