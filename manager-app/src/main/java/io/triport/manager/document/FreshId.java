package io.triport.manager.document;

import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.util.Locale;

/** Makes ids that nobody guesses. Safe for many threads. */
public record FreshId(Clock clock, Randomness randomness) {
    private static final int BYTES = 16;
    private static final int TAIL_BYTES = 8;

    /** 32 hexadecimal digits. */
    public String any() {
        return Bytes.copyOf(randomness.bytes(BYTES)).toHex();
    }

    /** One whose bytes stand in the order of time, by the millisecond. */
    public String timed() {
        return String.format(Locale.ROOT, "%015d-", clock.millis())
                + Bytes.copyOf(randomness.bytes(TAIL_BYTES)).toHex();
    }
}
