package io.triport.objects.bucket;

import io.triport.domain.request.ByteSize;
import java.time.Duration;
import java.time.Instant;

/**
 * How many bytes may pass in a window of time, whenever the window begins.
 *
 * @param window whole seconds, 1 or more
 */
public record Quota(ByteSize limit, Duration window, Scope scope, Direction direction) {
    /*
     * Slots
     *
     * Bytes are counted by slots of time. The window that is looked at has the slot of now and as many before it as to cover the
     * whole of the window, so that no byte is forgotten too early; the last of them may be forgotten a slot too late.
     */
    private static final int MOST_SLOTS = 60;

    /** Who shares it. */
    public enum Scope {
        IDENTITY,
        BUCKET
    }

    /** Which bytes count. */
    public enum Direction {
        EGRESS,
        INGRESS,
        BOTH;

        public boolean counts(Direction one) {
            return this == BOTH || this == one;
        }
    }

    public Quota {
        if (window.toSeconds() < 1 || !window.equals(Duration.ofSeconds(window.toSeconds()))) {
            throw new IllegalArgumentException("window: " + window + " (expected: whole seconds, 1 or more)");
        }
    }

    /** How long a slot is that bytes are counted by. */
    public long slotSeconds() {
        return Math.max(1, Math.ceilDiv(window.toSeconds(), MOST_SLOTS - 1));
    }

    public long slot(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), slotSeconds());
    }

    /** The first slot of the window that ends now. */
    public long oldest(Instant now) {
        return slot(now) - Math.ceilDiv(window.toSeconds(), slotSeconds());
    }

    /** When the slot is no part of the window any more. */
    public Instant forgotten(long slot) {
        return Instant.ofEpochSecond((slot + Math.ceilDiv(window.toSeconds(), slotSeconds()) + 1) * slotSeconds());
    }
}
