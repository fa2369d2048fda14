package io.triport.domain.durable;

import java.time.Duration;

/** How long ago the commit may have been replaced that a read is answered from. @param most zero for the last one */
public record Staleness(Duration most) {
    public static final Staleness NONE = new Staleness(Duration.ZERO);

    public Staleness {
        if (most.isNegative()) {
            throw new IllegalArgumentException("most: " + most + " (expected: zero or more)");
        }
    }
}
