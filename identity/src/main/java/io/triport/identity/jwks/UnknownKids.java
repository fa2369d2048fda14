package io.triport.identity.jwks;

import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ids that an issuer was asked for lately and does not have. Safe for many threads: its own lock guards all. */
final class UnknownKids {
    private static final int MOST = 1_024;
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final Ticker ticker;
    private final Map<String, Long> seen = new LinkedHashMap<>();

    UnknownKids(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized boolean contains(String kid) {
        var at = seen.get(kid);
        if (at == null) {
            return false;
        }
        if (ticker.nanos() - at >= REMEMBERED.toNanos()) {
            seen.remove(kid);
            return false;
        }
        return true;
    }

    synchronized void add(String kid) {
        if (seen.size() >= MOST && !seen.containsKey(kid)) {
            var oldest = seen.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        seen.remove(kid);
        seen.put(kid, ticker.nanos());
    }

    /** A new set may have any of them. */
    synchronized void clear() {
        seen.clear();
    }
}
