package io.triport.storage.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What this node last saw under its keys, absence too. Safe for many threads. */
final class SeenEntries {
    /*
     * Races. A reader may have asked the engine before a write and come back after it; what it brings must not stay. So each
     * stripe of keys counts its events: a reader notes the count before it asks, and what it brings is kept only if nothing
     * has happened to the stripe since. To keep something is an event too, so that of two readers the one that asked first
     * cannot overwrite what the other brought, and no caller sees time run backwards.
     */
    private static final int STRIPES = 1_024;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int LARGEST_VALUE = 1024 * 1024;
    private static final int OVERHEAD_BYTES = 256;

    private final Cache<Name, Seen> seen = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher(SeenEntries::weight)
            .executor(Runnable::run)
            .build();
    private final AtomicLongArray events = new AtomicLongArray(STRIPES);
    private final Clock clock;
    private final Ticker ticker;

    record Name(NamespaceTitle namespace, KvKey key) {}

    /** @param entry null where there was none */
    record Seen(@Nullable KvEntry entry, long asked) {}

    SeenEntries(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    /** What a reader may be given, null when it must ask the engine. */
    @Nullable
    Seen find(Name name, KvRead read) {
        var last = seen.getIfPresent(name);
        return last != null && ticker.nanos() - last.asked() < read.cacheTtl().toNanos() && current(last, read)
                ? last
                : null;
    }

    /** Begins to ask the engine. */
    Question ask(Name name) {
        return new Question(name, events.get(stripe(name)), ticker.nanos());
    }

    /** Lets the next reader ask the engine. Called after every write, however it ended. */
    void forget(Name name) {
        events.incrementAndGet(stripe(name));
        seen.invalidate(name);
    }

    void forgetAll() {
        for (var stripe = 0; stripe < STRIPES; stripe++) {
            events.incrementAndGet(stripe);
        }
        seen.invalidateAll();
    }

    private boolean current(Seen last, KvRead read) {
        return last.entry() == null
                ? read.least().equals(KvVersion.NONE)
                : last.entry().version().compareTo(read.least()) >= 0
                        && last.entry().liveAt(clock.instant());
    }

    private static int stripe(Name name) {
        return Math.floorMod(name.hashCode(), STRIPES);
    }

    private static int weight(Name name, Seen seen) {
        var value = seen.entry() == null ? 0 : seen.entry().value().size();
        return OVERHEAD_BYTES + name.key().bytes().size() + value;
    }

    /** A reader that asks the engine. */
    final class Question {
        private final Name name;
        private final long event;
        private final long asked;

        private Question(Name name, long event, long asked) {
            this.name = name;
            this.event = event;
            this.asked = asked;
        }

        void answered(Optional<KvEntry> entry) {
            if (entry.isPresent() && entry.get().value().size() > LARGEST_VALUE) {
                forget(name);
                return;
            }
            seen.asMap()
                    .compute(
                            name,
                            (same, last) -> events.compareAndSet(stripe(name), event, event + 1)
                                    ? new Seen(entry.orElse(null), asked)
                                    : last);
        }
    }
}
