package io.triport.storage.queue;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;

/** Makes queues over rows. One for all that lie at one place, so that they have one idea of the time. Safe for many threads. */
public final class Queues {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final ForwardClock clock;
    private final CursorSeal seal;
    private final Randomness randomness;

    /** @param seal of the engine's cursors, which seals leases, too */
    public Queues(CursorSeal seal, Clock clock, Randomness randomness) {
        this.seal = seal;
        this.clock = new ForwardClock(clock);
        this.randomness = randomness;
    }

    public Queue queue(QueueDefinition definition, QueueRows rows) {
        return leased(definition, rows);
    }

    /** What brings messages to consumers. It looks for some ten times a second. */
    public QueueDeliveries deliveries(QueueDefinitions definitions, QueueRows rows, Ticker ticker) {
        return new PumpedDeliveries(
                definitions,
                definition -> leased(definition, rows),
                new Pump.Means(clock, ticker, randomness, BETWEEN_LOOKS));
    }

    /** Removes what has expired. @return how many messages */
    public int reclaim(QueueTable table, int most) {
        var now = clock.millis();
        table.forget(now, most);
        return most < 1 ? 0 : Expiries.remove(table, now, most);
    }

    LeasedQueue leased(QueueDefinition definition, QueueRows rows) {
        return new LeasedQueue(definition, rows, new LeasedQueue.Means(clock, randomness, FORGOTTEN_AT_ONCE), seal);
    }
}
