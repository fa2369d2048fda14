package io.triport.domain.durable;

import io.triport.domain.request.InvalidInput;

/**
 * Which entries of a state somebody looks at, and at how much of them.
 *
 * @param beginning bytes of each value, 0..2,000,000
 */
public record StateLook(StateQuery entries, int beginning) {
    /** @throws InvalidInput outside the bounds */
    public StateLook {
        if (beginning < 0 || beginning > ObjectState.MOST_BYTES) {
            throw new InvalidInput("beginning", "0.." + ObjectState.MOST_BYTES + " bytes");
        }
    }
}
