package io.triport.identity.jwks;

import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;

/** How often strangers may cause a fetch by naming keys that nobody knows. Safe for many threads: its own lock guards all. */
final class RefetchBudget {
    private static final Duration APART = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST = 5;

    private final Ticker ticker;
    private final ArrayDeque<Long> taken = new ArrayDeque<>(MOST);

    RefetchBudget(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized boolean open() {
        var now = ticker.nanos();
        while (!taken.isEmpty() && now - taken.getFirst() >= WINDOW.toNanos()) {
            taken.removeFirst();
        }
        return taken.size() < MOST && (taken.isEmpty() || now - taken.getLast() >= APART.toNanos());
    }

    synchronized boolean take() {
        if (!open()) {
            return false;
        }
        taken.addLast(ticker.nanos());
        return true;
    }
}
