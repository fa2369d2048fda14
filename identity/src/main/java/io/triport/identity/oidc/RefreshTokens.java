package io.triport.identity.oidc;

import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The refresh tokens of sessions, in this process alone: after a restart a session goes on without until it ends. Bounded; the
 * one used longest ago goes first. Safe for many threads.
 */
final class RefreshTokens {
    private static final int MOST = 100_000;

    private final Ticker ticker;
    private final Duration every;
    // Guarded by this, in the order of use.
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(String subject, String token, long dueAt) {
        @Override
        public String toString() {
            return "Kept";
        }
    }

    /** A refresh that is due. @param subject whom the new token must speak of */
    record Due(String sid, String subject, String token) {
        @Override
        public String toString() {
            return "Due";
        }
    }

    /** @param every how long after a refresh the next one is due */
    RefreshTokens(Ticker ticker, Duration every) {
        this.ticker = ticker;
        this.every = every;
    }

    synchronized void keep(String sid, String subject, String token) {
        kept.put(sid, new Kept(subject, token, ticker.nanos() + every.toNanos()));
        if (kept.size() > MOST) {
            Iterator<String> oldest = kept.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void forget(String sid) {
        kept.remove(sid);
    }

    /** The refresh of a session if it is due, to one caller alone: for the others it is due after another such time. */
    synchronized Optional<Due> take(String sid) {
        var found = kept.get(sid);
        if (found == null || ticker.nanos() - found.dueAt() < 0) {
            return Optional.empty();
        }
        kept.put(sid, new Kept(found.subject(), found.token(), ticker.nanos() + every.toNanos()));
        return Optional.of(new Due(sid, found.subject(), found.token()));
    }
}
