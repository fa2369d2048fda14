package io.triport.domain.identity;

import java.time.Duration;

/** The answer of a {@link NonceLedger}. */
public sealed interface NonceClaim {
    /** The mark was not spent before, and is now. */
    record Fresh() implements NonceClaim {}

    /** The mark was spent before. */
    record Spent() implements NonceClaim {}

    /** A machine crash may have taken the memory of marks of that time: neither fresh nor spent can be said. */
    record Undecidable(Duration retryAfter) implements NonceClaim {}
}
