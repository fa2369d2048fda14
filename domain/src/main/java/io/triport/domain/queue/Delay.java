package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;

/** How long a message is kept back before it is delivered, for the first time or again. */
public sealed interface Delay {
    /** What the queue says. */
    Delay OF_QUEUE = new OfQueue();

    Delay NONE = new For(Duration.ZERO);

    static Delay of(Duration time) {
        return new For(time);
    }

    /** How long, where the queue has a say of its own. */
    Duration orElse(Duration ofQueue);

    /** What the queue says. */
    record OfQueue() implements Delay {
        @Override
        public Duration orElse(Duration ofQueue) {
            return ofQueue;
        }
    }

    /** So long, whatever the queue says. @param time 0 s to 12 h */
    record For(Duration time) implements Delay {
        /** @throws InvalidInput outside 0..43,200 s */
        public For {
            if (time.isNegative() || time.compareTo(QueueLimits.LONGEST_DELAY) > 0) {
                throw new InvalidInput("delay", "0.." + QueueLimits.LONGEST_DELAY.toSeconds() + " s");
            }
        }

        @Override
        public Duration orElse(Duration ofQueue) {
            return time;
        }
    }
}
