package io.triport.domain.queue;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;

/**
 * What becomes of a message whose delivery was not acknowledged.
 *
 * @param most deliveries after the first: 0..100
 * @param delay before the next delivery, where the consumer does not say another
 * @param dead what becomes of it after the last
 */
public record Retries(int most, Duration delay, DeadLetters dead) {
    public static final Retries STANDARD = new Retries(QueueLimits.RETRIES, Duration.ZERO, DeadLetters.DROPPED);

    /** @throws InvalidInput for more than 100 retries, or a delay outside 0..43,200 s */
    public Retries {
        if (most < 0 || most > QueueLimits.MOST_RETRIES) {
            throw new InvalidInput("retries", "0.." + QueueLimits.MOST_RETRIES);
        }
        Delay.of(delay);
    }

    /** How often a message is delivered at most. */
    public int deliveries() {
        return 1 + most;
    }
}
